/** Text of a program as it may be shown: what would steer a terminal, or turn its writing direction, is made visible. */

// Control characters but the tab and the line break, and the marks of bidirectional text.

const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with each such character replaced by one of the same width, U+FFFD. */
export function visible(text: string): string {
  return text.replace(STEERING, "\ufffd");
}
