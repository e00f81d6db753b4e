import type { Launch } from '../process/launch.js';
import type { SubjectKind, SubjectSetup } from './subject-kind.js';

/** A kind of subject out of process; `launch` says how one is started. */
export interface OutOfProcessKind extends Omit<SubjectKind, 'open'> {
  readonly launch: (detail: string | null, setup: SubjectSetup) => Promise<Launch>;
}

/** The kind as any other. */
export function outOfProcessKind({ launch: launchOf, ...kind }: OutOfProcessKind): SubjectKind {
  return {
    ...kind,
    open: async (name, detail, setup) => {
      // Loaded when it is needed: every worker thread would hold what starts processes, too.
      const { outOfProcessSubject } = await import('./out-of-process-subject.js');
      const { loadSchemas } = await import('../spec/schemas.js');
      const launch = await launchOf(detail, setup);
      const { recorded, limits } = setup;
      return outOfProcessSubject(name, launch, { schemas: loadSchemas(setup.root), recorded, limits });
    },
  };
}
