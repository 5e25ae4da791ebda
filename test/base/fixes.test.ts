/** Every change that is offered mends: with it, the program does not give that code again. */
import { describe, expect, test } from "vitest";
import { applyFix } from "../../src/base/diagnostics.js";
import { allKinds } from "../../src/diagnostics.js";
import { reportedOf } from "../../src/explain.js";

/** Codes whose example has no fix, since more than one answer may be meant. */
const WITHOUT_FIX = new Set(
  `CNN1001 CNN1008 CNN1010 CNN1012
  CNN2003 CNN2004 CNN2008 CNN2009 CNN2010 CNN2011 CNN2013 CNN2014 CNN2015 CNN2016 CNN2018 CNN2019 CNN2022 CNN2025 CNN2026
  CNN2027 CNN2028 CNN2029 CNN2030 CNN2031 CNN2032 CNN2033 CNN2034 CNN2035 CNN2036 CNN2039 CNN2040 CNN2041 CNN2042 CNN2044
  CNN2045 CNN2046 CNN2048 CNN2049 CNN2050 CNN2051 CNN2052 CNN2054 CNN2055 CNN2057 CNN2059 CNN2063 CNN2064 CNN2065 CNN2102 CNN2103 CNN2104 CNN2105
  CNN2107 CNN2111 CNN2112 CNN2114 CNN2116 CNN2118 CNN2122 CNN2123 CNN2125 CNN2127 CNN2128 CNN2304
  CNN3005 CNN3006 CNN3102 CNN3112 CNN3113 CNN3115 CNN3116 CNN3117 CNN3118 CNN3119 CNN3120 CNN3122 CNN3123 CNN3124 CNN3125
  CNN3126 CNN3127 CNN3128 CNN3129 CNN3130 CNN3131 CNN3132 CNN3133 CNN3135 CNN3136 CNN3137 CNN3138 CNN3139 CNN3140 CNN3141
  CNN3142 CNN3143 CNN3144 CNN3147 CNN3148 CNN3202
  CNN5001 CNN5002 CNN5003 CNN5004 CNN5005 CNN5006 CNN5007 CNN5008 CNN5009 CNN5010 CNN5011 CNN5012 CNN5013 CNN5014 CNN5016`.split(
    /\s+/,
  ),
);

const kinds = allKinds().filter(({ example }) => example !== undefined);

describe.each(kinds)("$code: $title", ({ code, example }) => {
  const [diagnostic] = reportedOf(example!, "wrong").filter((found) => found.code === code);

  test("has a fix where one answer is meant", () => {
    expect(diagnostic!.fixes.length > 0).toBe(!WITHOUT_FIX.has(code));
  });

  for (const fix of diagnostic?.fixes ?? []) {
    test(fix.title, () => {
      const mended = applyFix(example!.wrong, fix);
      const after = reportedOf({ ...example!, wrong: mended }, "wrong");
      expect(after.map((found) => found.code)).not.toContain(code);
    });
  }
});
