import { Prisma } from "@mingcha/infra/db";
import { givenUpStates } from "@mingcha/models/dock";

/** `isTrouble` of models/dock in SQL; `f` is dock_file. */
export const troubleSql = Prisma.sql`(f.state in (${Prisma.join([...givenUpStates])}) or (f.state = 'taken' and f.reason_code is not null))`;

/** `closingOf` of models/dock in SQL: whether the newest that a person said of the file's attempt closes it; `f` is dock_file. */
export const closedSql = Prisma.sql`coalesce((
  select d.step = 'close' from dock_file_decision d where d.file_id = f.id and d.attempt = f.attempt order by d.ordinal desc limit 1), false)`;
