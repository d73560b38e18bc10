/** A text that stands in exactly one place of a folder's files, and becomes another. */
export interface Edit {
  readonly folder: string
  readonly find: string
  readonly put: string
}

/** A fault as somebody might make it. */
export interface Mutant {
  readonly name: string
  readonly edits: readonly Edit[]
  /** Shows only when several things go wrong at once: hunted by `npm run simulate -- --mutants`, not by every test run. */
  readonly rare?: true
}

/** Each must be found within 300 seeds; a check that cannot fail proves nothing. */
export const mutants: readonly Mutant[] = [
  one(
    'a repeated command is not recognised',
    'server/commands',
    'if (known !== undefined) return [known, null]',
    '',
  ),
  one(
    'the device’s clock is believed',
    'server/commands',
    'const { message, definition, input } = checked const at = clock.now()',
    'const { message, definition, input } = checked; const at = message.madeAt ?? clock.now()',
  ),
  one(
    'the answer goes before the commit',
    'server/store',
    'const value = run(job) settled.push(',
    'const value = run(job); job.resolve(value as never); settled.push(',
  ),
  one('what was rolled back stays in memory', 'server/store', 'savepoint.undoAll()', ''),
  one(
    'the push goes before the commit',
    'server/documents',
    'outgoing.push({ document, bytes })',
    'for (const listener of document.sockets) listener.update(bytes)',
  ),
  one(
    'a document that was rolled back lives on',
    'server/documents',
    'for (const name of names) discard(name)',
    'void names; void discard',
  ),
  one(
    'what was revoked is not deleted',
    'server/documents',
    'if (value === undefined) document.entries.delete(key)',
    'if (value === undefined) continue',
  ),
  one(
    'open sockets keep a lost right',
    'server/documents',
    'if (recheckFirst) recheck()',
    'void recheckFirst; void recheck',
  ),
  one(
    'a document comes back as it was unloaded',
    'server/documents',
    'const stale = tables.takeStale(name)',
    'const stale: readonly string[] = []',
  ),
  one(
    'whoever asks may open',
    'server/documents',
    'mayOpen(account, name, deps.facts)',
    'mayOpen(account, name, deps.facts) || true',
  ),
  one(
    'who loses sight by a membership’s end is forgotten',
    'shared/documents',
    'if (stood !== isStanding(bond)) touchThroughCompany',
    'if (!stood && isStanding(bond)) touchThroughCompany',
  ),
  one(
    'a company’s organisation is not told of its people',
    'shared/documents',
    "touch(nameOfOrganisation(membership.b, 'contacts'), `via:${bond.id}`)",
    '',
  ),
  one(
    'a proposer sees whom it asked',
    'shared/documents',
    'person: unanswered ? null : seenAs(person, bond)',
    'person: seenAs(person, bond)',
  ),
  one(
    'a protected identity is seen through a company',
    'shared/access',
    'if (record === undefined || record.protectedIdentity) return []',
    'if (record === undefined) return []',
  ),
  one(
    'the proposer may say yes',
    'shared/bonds',
    "if (bond.proposedBy === side) return refuse('bond/not-addressee', 'B7')",
    '',
  ),
  one(
    'what was taken back can be confirmed',
    'shared/bonds',
    "if (bond.state !== 'proposed') return whatHappened(bond) if (input.rev",
    'if (input.rev',
  ),
  one(
    'a role that was taken leaves its device in the dark',
    'shared/documents',
    "if (role === undefined || role.kind === 'person') return [mine]",
    "if (role === undefined) return []; if (role.kind === 'person') return [mine]",
  ),
  one('the device does not purge', 'client/sync', 'if (deps.purge.length > 0)', 'if (deps.purge.length < 0)'),
  one(
    'the device does not drop',
    'client/sync',
    'for (const name of answer.drop) await',
    'for (const name of answer.drop.slice(answer.drop.length)) await',
  ),
  {
    name: 'a copy of another epoch is gone on with',
    edits: [
      {
        folder: 'client/sync',
        find: 'stored?.epoch === epoch ? stored : undefined',
        put: 'stored',
      },
      {
        folder: 'server/documents',
        find: 'if (mine !== undefined && !level) drop.push(name)',
        put: '',
      },
      {
        folder: 'server/documents',
        find: 'if (clock > (ours.get(client) ?? 0))',
        put: 'if (clock > Number.MAX_SAFE_INTEGER)',
      },
    ],
  },
  one(
    'a refusal is dropped',
    'client/store',
    "if (result.status === 'accepted') {",
    "if (result.status === 'accepted' || result.status === 'refused') {",
  ),
  one(
    'what has left can be taken back',
    'client/store',
    "if (item?.state !== 'queued') return false",
    'if (item === undefined) return false',
  ),
  one(
    'a retry has a new id',
    'client/sync',
    'commands: batch.map((item) => item.command)',
    'commands: batch.map((item) => ({ ...item.command, id: crypto.randomUUID() }))',
  ),
  one('a dead link goes unnoticed', 'client/sync', 'const silenceMs = 40_000', 'const silenceMs = Infinity'),
  one(
    'nobody greets for the role that took a lost one’s place',
    'client/sync',
    'if (deps.parties().some((party) => !greeted.has(party))) wake()',
    '',
  ),
  one(
    'what was asked for a role that is lost waits for ever',
    'client/sync',
    'const asked = greeted.has(command.as) || (greeted.size > 0 && !deps.parties().includes(command.as))',
    'const asked = greeted.has(command.as)',
  ),
  {
    name: 'a yes given now is older than one of this morning',
    rare: true,
    edits: [
      {
        folder: 'shared/documents',
        find: 'const now = `${today}T23:59:59.999Z`',
        put: 'const now = `${today}T00:00:00Z`',
      },
    ],
  },
  {
    name: 'a greeting that was overtaken counts',
    rare: true,
    edits: [
      {
        folder: 'client/sync',
        find: 'if (reasons === before) greeted.add(party)',
        put: 'greeted.add(party)',
      },
    ],
  },
  {
    name: 'a document asked for again is thought to be open',
    rare: true,
    edits: [
      {
        folder: 'server/documents',
        find: 'channels.get(name)?.channel?.shut() channels.delete(name) if (channels.size',
        put: 'if (channels.has(name)) return; if (channels.size',
      },
    ],
  },
]

function one(name: string, folder: string, find: string, put: string): Mutant {
  return { name, edits: [{ folder, find, put }] }
}
