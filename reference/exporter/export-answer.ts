/** The errors of an exporter that clauses name; any other one is `other`. */
export const EXPORT_ERRORS = ['TypeError', 'ValueError', 'other'] as const;

/** One of {@link EXPORT_ERRORS}. */
export type ExportError = (typeof EXPORT_ERRORS)[number];

/** What an exporter did. */
export type ExportAnswer =
  | {
      readonly kind: 'exported';
      /** The .pte file; null where the format is another one. */
      readonly program: Uint8Array | null;
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly error: ExportError;
      readonly message: string;
      readonly warnings: readonly string[];
    };

/** What a warning about the budget names: the keyword holds it, too. */
const NAMED = 'weight_streaming_budget';

/** Whether one of the warnings is about the budget (WSB-EXPORT-20). */
export function warnsOfBudget({ warnings }: Pick<ExportAnswer, 'warnings'>): boolean {
  return warnings.some((text) => text.includes(NAMED));
}
