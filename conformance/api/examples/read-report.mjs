// Lists what a finished report found, each with the command that shows it again.
//   node read-report.mjs conformance-report

import { readReport, ReportRefused } from 'trt-delegate-conformance';

const [folder = 'conformance-report'] = process.argv.slice(2);
try {
  const { header, conclusion, findings } = readReport(folder);
  console.log(`${header.subject.name}: ${conclusion}`);
  for (const { finding, replay } of findings) console.log(`${finding.clause}: ${replay}`);
} catch (error) {
  if (!(error instanceof ReportRefused)) throw error;
  console.log(`not to be trusted: ${error.message}`);
  process.exitCode = 1;
}
