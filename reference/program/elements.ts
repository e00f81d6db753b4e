/** The elements of a vector of tables, each read only when it is asked for. */
export function* elements<T>(count: number, at: (index: number) => T | null): Generator<T> {
  for (let index = 0; index < count; index++) {
    const element = at(index);
    if (element !== null) yield element;
  }
}
