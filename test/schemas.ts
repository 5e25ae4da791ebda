/** The published JSON Schemas of what commands print, and what they have to say of a document. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const folder = join(import.meta.dirname, "../docs/schemas");

export type Schema = Readonly<Record<string, unknown>>;

/** That of `cnnc.config.json`, which people write. */
export const configSchema = JSON.parse(readFileSync(join(folder, "config.schema.json"), "utf8")) as Schema;

/** By the name of the document: `cnnc-report/1`. */
export const schemas: ReadonlyMap<string, Schema> = new Map(
  readdirSync(folder)
    .filter((file) => file !== "config.schema.json")
    .map((file) => {
      const schema = JSON.parse(readFileSync(join(folder, file), "utf8")) as Schema;
      return [schema["title"] as string, schema];
    }),
);

const ajv = new Ajv2020({ strict: true, allErrors: true });
const validators = new Map<string, ValidateFunction>();

/** Names of the documents that were held against their schemas so far. */
export const seen = new Set<string>();

/** What the schema that a document names has to say of it. */
export function complaints(document: unknown): string[] {
  const name = (document as { schema?: string }).schema ?? "";
  const schema = schemas.get(name);
  if (!schema) return [`there is no schema ${name}`];
  const validate = validators.get(name) ?? ajv.compile(schema);
  validators.set(name, validate);
  seen.add(name);
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${name} ${instancePath} ${message ?? ""}`);
}
