/** What the elaborator reports, by subject. */
export * from "./diagnostics/layers.js";
export * from "./diagnostics/names.js";
export * from "./diagnostics/arguments.js";
export * from "./diagnostics/sizes.js";
export * from "./diagnostics/branches.js";
export * from "./diagnostics/settings.js";
export * from "./diagnostics/limits.js";
export * from "./diagnostics/modules.js";
