/** The server as a program of its own, as editors' extensions bundle it. */
import { serve } from "./server.js";

// Its package says which version it is.
serve(process.stdin, process.stdout, process.env["CNNC_VERSION"] ?? "unknown");
