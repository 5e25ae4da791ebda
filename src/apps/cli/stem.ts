import type { Network } from "../../index.js";

/** What files of a net are called where nobody says it: as the net, where that is a name for a file. */
export const fileStem = ({ name }: Network): string => name.replace(/[^A-Za-z0-9._-]/g, "_");
