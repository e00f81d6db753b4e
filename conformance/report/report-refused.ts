/** A report that is not as a run left it. */
export class ReportRefused extends Error {
  override readonly name = 'ReportRefused';
}
