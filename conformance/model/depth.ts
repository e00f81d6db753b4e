/**
 * How deep a generated case goes. `decision`: the delegate's own budget rules, called directly.
 * `program`: a program file, through the real runtime.
 */
export type Depth = 'decision' | 'program';
