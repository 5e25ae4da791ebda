/** Names of Python: what the program calls a layer or a block, as an identifier. */

const KEYWORDS = [
  "False None True and as assert async await break class continue def del elif else except finally for from global if",
  "import in is lambda nonlocal not or pass raise return try while with yield match case type",
].flatMap((line) => line.split(" "));

/** What a module of PyTorch already has under a name. */
const MODULE_ATTRIBUTES = [
  "T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval",
  "extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules",
  "named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer",
  "register_forward_hook register_forward_pre_hook register_full_backward_hook register_module register_parameter",
  "requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad",
  "append extend insert pop",
].flatMap((line) => line.split(" "));

const RESERVED = new Set([...KEYWORDS, ...MODULE_ATTRIBUTES]);

/** The attribute of a layer: its own name wherever that is one. */
export function attributeOf(name: string): string {
  const identifier = name.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9])/, "_");
  // Names with two underscores in front are changed by Python in classes.
  const own = identifier.replace(/^__+/, "_");
  return RESERVED.has(own) ? `${own}_` : own;
}

/** What a module imports and defines beside its classes. */
const MODULE = [
  "F nn torch math load_file save_file LAYERS MAPS DENSE tensors_of kind_of channels_last channels_first",
  "load_weights save_weights",
].flatMap((line) => line.split(" "));

/** Names that a module defines or imports, and those of classes, each once. */
export class ClassNames {
  private readonly taken: Set<string>;

  constructor(helpers: readonly string[]) {
    this.taken = new Set([...KEYWORDS, ...helpers, ...MODULE]);
  }

  fresh(wanted: string): string {
    const base = attributeOf(wanted);
    let name = base;
    for (let number = 2; this.taken.has(name); number++) name = `${base}${/\d$/.test(base) ? "_" : ""}${number}`;
    this.taken.add(name);
    return name;
  }
}
