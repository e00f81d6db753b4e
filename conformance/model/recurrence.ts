/** Whether what failed in a run failed again in fresh processes. */
export type Recurrence =
  /** It does, with no other load before it. */
  | { readonly kind: 'alone' }
  /** It does alone, and no more behind another load: only the first load of a process fails. */
  | { readonly kind: 'first' }
  /** Only behind so many other loads, which are kept as a sequence. */
  | { readonly kind: 'sequence'; readonly others: number }
  /** Not in so many tries, alone and behind the loads that came before it. */
  | { readonly kind: 'lost'; readonly tries: number };

/** A recurrence in a few words; null for what fails alone, of which there is nothing to say. */
export function recurrenceText(recurrence: Recurrence | undefined): string | null {
  switch (recurrence?.kind) {
    case 'first':
      return 'only as the first load of a process';
    case 'sequence': {
      const { others } = recurrence;
      return `only after ${others === 1 ? '1 other load' : `${others} other loads`}`;
    }
    case 'lost': {
      const { tries } = recurrence;
      return `did not come back in ${tries === 1 ? '1 try' : `${tries} tries`} in fresh processes`;
    }
    case 'alone':
    case undefined:
      return null;
  }
}

/** Whether it shows that something is kept from one load to another. */
export function isState(recurrence: Recurrence | undefined): boolean {
  return recurrence?.kind === 'first' || recurrence?.kind === 'sequence';
}
