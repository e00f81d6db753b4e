import type { Launch } from '../process/launch.js';
import type { SubjectKind, SubjectSetup } from './subject-kind.js';

/** A kind of subject out of process; `launch` says how one is started. */
export interface OutOfProcessKind extends Omit<SubjectKind, 'open'> {
  /** Milliseconds that it may take to say hello, where that is longer than usual. */
  readonly hello?: number;
  readonly launch: (detail: string | null, setup: SubjectSetup) => Promise<Launch>;
}

/** The kind as any other. */
export function outOfProcessKind({ launch: launchOf, hello, ...kind }: OutOfProcessKind): SubjectKind {
  return {
    ...kind,
    open: async (name, detail, setup) => {
      // Loaded when it is needed: every worker thread would hold what starts processes, too.
      const { outOfProcessSubject } = await import('./out-of-process-subject.js');
      const { loadSchemas } = await import('../spec/schemas.js');
      const launch = { ...(await launchOf(detail, setup)), passes: setup.env ?? [] };
      const { recorded, lacks = [] } = setup;
      const limits = hello === undefined ? setup.limits : { ...setup.limits, hello };
      return outOfProcessSubject(name, launch, { schemas: loadSchemas(setup.root), recorded, limits, lacks });
    },
  };
}
