/** Files that are looked at together: what an editor has open, and what lies on disk. */
import type { Resolver } from "../elaborate/modules.js";
import type { Limits } from "../elaborate/state.js";
import { analyse, type Analysis } from "./analysis.js";
import { IncrementalMemory } from "./incremental/memory.js";

export interface WorkspaceHost {
  /** Finds what a file uses, as `Resolver` does; the text of a file that is open is taken from the editor instead. */
  readonly resolve: Resolver;
  /** The text of a file that is not open; undefined where there is none. */
  read(path: string): string | undefined;
}

export class Workspace {
  limits: Partial<Limits> = {};
  private readonly open = new Map<string, string>();
  private readonly analyses = new Map<string, Analysis>();
  private readonly memories = new Map<string, IncrementalMemory>();
  /** The files that each file used when it was read the last time. */
  private readonly used = new Map<string, Pick<Analysis, "files" | "isIncomplete">>();

  constructor(private readonly host: WorkspaceHost) {}

  /** The text of a file that is being edited: what depended on the one before it is forgotten. */
  set(path: string, text: string): void {
    if (this.open.get(path) === text) return;
    this.open.set(path, text);
    this.forgetUsersOf(path);
    // What the edit does not touch is known still.
    this.analyses.delete(path);
  }

  /** The file is as it is on disk from here on. */
  close(path: string): void {
    this.open.delete(path);
    this.forget(path);
  }

  /** Something about a file has changed: it, and what uses it, is read again when it is asked for. */
  forget(path: string): void {
    this.forgetUsersOf(path);
    this.analyses.delete(path);
    this.memories.delete(path);
    this.used.delete(path);
  }

  private forgetUsersOf(path: string): void {
    for (const user of this.dependents(path)) {
      this.analyses.delete(user);
      this.memories.delete(user);
    }
  }

  forgetAll(): void {
    this.analyses.clear();
    this.memories.clear();
    this.used.clear();
  }

  get openPaths(): readonly string[] {
    return [...this.open.keys()];
  }

  textOf(path: string): string | undefined {
    return this.open.get(path) ?? this.host.read(path);
  }

  /** What is known of a file; undefined where there is none. */
  analysis(path: string): Analysis | undefined {
    const known = this.analyses.get(path);
    if (known) return known;
    const text = this.textOf(path);
    if (text === undefined) return undefined;
    const memory = this.memories.get(path) ?? new IncrementalMemory();
    this.memories.set(path, memory);
    const analysis = analyse(path, text, { limits: this.limits, resolve: this.resolve, memory });
    this.analyses.set(path, analysis);
    this.used.set(path, { files: analysis.files, isIncomplete: analysis.isIncomplete });
    return analysis;
  }

  /** The files among those that were read that use a file, directly or not, or might once it can be found. */
  dependents(path: string): string[] {
    return [...this.used].flatMap(([other, { files, isIncomplete }]) =>
      other !== path && (files.has(path) || isIncomplete) ? [other] : [],
    );
  }

  /** Whether what is known of a file may depend on another one. */
  dependsOn(path: string, other: string): boolean {
    const found = this.analysis(path);
    return found !== undefined && (found.files.has(other) || found.isIncomplete);
  }

  private readonly resolve: Resolver = (from, target) => {
    const found = this.host.resolve(from, target);
    if ("problem" in found) return found;
    return { path: found.path, text: this.open.get(found.path) ?? found.text };
  };
}
