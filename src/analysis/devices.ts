/** Devices that a network may run on, by their published peak numbers: what a roofline is drawn with. */
import type { NumberFormat } from "./precisions.js";

export interface Device {
  readonly name: string;
  /** What it is, in a few words. */
  readonly doc: string;
  /** Peak operations a second in each format that it computes in, dense, without sparsity. */
  readonly operations: Readonly<Partial<Record<NumberFormat, number>>>;
  /** Peak bytes a second from its memory. */
  readonly bandwidth: number;
  /** Bytes. */
  readonly memory?: number;
  /** Bytes a second that it sends to others of its kind in the same machine, while it receives as many. */
  readonly link?: number;
  /** Where the numbers are from. */
  readonly source: string;
}

const GIGA = 1e9;
const TERA = 1e12;

/** Those that come with it, by the name that `--device` takes. */
export const devices: Readonly<Record<string, Device>> = {
  laptop: {
    name: "laptop",
    doc: "a laptop's processor: AMD Ryzen 7 5800U, 8 cores",
    // 8 cores at 1.9 GHz, two 256-bit multiply-adds a cycle: 32 operations in float32.
    operations: { float32: 8 * 1.9 * GIGA * 32 },
    // 128 bits of LPDDR4X at 4266 million transfers a second.
    bandwidth: 16 * 4.266 * GIGA,
    memory: 16 * GIGA,
    source: "AMD's product page (cores, base clock, memory); Zen 3's two 256-bit FMA pipes",
  },
  phone: {
    name: "phone",
    doc: "the large cores of a phone's processor: Snapdragon 778G, 4 Cortex-A78",
    // One core at 2.4 GHz and three at 2.2 GHz, two 128-bit multiply-adds a cycle: 16 operations in float32, twice as many in
    // float16, four times in int8 with dot products.
    operations: {
      float32: (2.4 + 3 * 2.2) * GIGA * 16,
      float16: (2.4 + 3 * 2.2) * GIGA * 32,
      int8: (2.4 + 3 * 2.2) * GIGA * 64,
    },
    // 32 bits of LPDDR5 at 6400 million transfers a second.
    bandwidth: 4 * 6.4 * GIGA,
    memory: 8 * GIGA,
    source: "Qualcomm's product brief (cores, clocks, memory); Arm's Cortex-A78 optimisation guide (two 128-bit pipes)",
  },
  t4: {
    name: "t4",
    doc: "NVIDIA T4, 16 GB",
    operations: { float32: 8.1 * TERA, float16: 65 * TERA, int8: 130 * TERA },
    bandwidth: 320 * GIGA,
    memory: 16 * GIGA,
    // PCI Express 3.0, 16 lanes: half of 32 GB/s for both directions.
    link: 16 * GIGA,
    source: "NVIDIA T4 datasheet and Turing architecture whitepaper",
  },
  a100: {
    name: "a100",
    doc: "NVIDIA A100 SXM, 80 GB",
    operations: { float32: 19.5 * TERA, float16: 312 * TERA, bfloat16: 312 * TERA, int8: 624 * TERA },
    bandwidth: 2_039 * GIGA,
    memory: 80 * GIGA,
    // NVLink: half of 600 GB/s for both directions.
    link: 300 * GIGA,
    source: "NVIDIA A100 datasheet (2022), tensor cores without sparsity; float32 without TF32",
  },
  h100: {
    name: "h100",
    doc: "NVIDIA H100 SXM, 80 GB",
    operations: { float32: 67 * TERA, float16: 989 * TERA, bfloat16: 989 * TERA, int8: 1_979 * TERA },
    bandwidth: 3_350 * GIGA,
    memory: 80 * GIGA,
    // NVLink: half of 900 GB/s for both directions.
    link: 450 * GIGA,
    source: "NVIDIA H100 datasheet, tensor cores without sparsity; float32 without TF32",
  },
};
