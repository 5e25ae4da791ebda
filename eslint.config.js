import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["out/**", "dist/", "node_modules/", "test/emit/.emitted-*/", ".venv/"] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      // Indices and look-ups that are known to hit are marked with `!`; the compiler option noUncheckedIndexedAccess asks for it.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // The operator table needs methods, whose parameters are compared both ways.
      "@typescript-eslint/method-signature-style": "off",
      "no-console": "off",
      eqeqeq: "error",
    },
  },
);
