// Stores a conference and controls a running one, with the client that @hey-api/openapi-ts has generated.
// usage: node run.js URL TOKEN ROOM
import { client } from './generated/client.gen';
import {
  actOnConference,
  actOnParticipant,
  changeConference,
  createConference,
  listConferences,
  listParticipants,
  removeConference,
} from './generated/sdk.gen';

const [url, token, room] = process.argv.slice(2);
const account_id = 'acme';

function check(holds: boolean, what: string): void {
  if (!holds) {
    console.error(`FAILED: ${what}`);
    process.exit(1);
  }
  console.log(`TypeScript: ${what}`);
}

async function main(): Promise<void> {
  client.setConfig({ baseUrl: url, headers: { 'X-Auth-Token': token } });

  const created = await createConference({ path: { account_id }, body: { data: { name: 'From TypeScript' } } });
  const conference_id = created.data?.data?.id ?? '';
  check(created.response.status === 201 && conference_id !== '', 'a conference is created');

  const changed = await changeConference({
    path: { account_id, conference_id },
    body: { data: { max_participants: 7 } },
  });
  check(changed.data?.data?.max_participants === 7, 'a conference is changed');

  const removed = await removeConference({ path: { account_id, conference_id } });
  check(removed.response.status === 200, 'a conference is removed');
  const again = await removeConference({ path: { account_id, conference_id } });
  check(again.error?.message === 'bad_identifier', 'an error has its name');

  const running = await listConferences({ path: { account_id }, query: { running: 'true', page_size: 10 } });
  check(running.data?.data?.some((row) => row.id === room) ?? false, 'a running conference is listed');
  const bad = await listConferences({ path: { account_id }, query: { page_size: -1 } });
  check(bad.response.status === 400, 'a bad page size is refused');

  const participants = await listParticipants({ path: { account_id, conference_id: room } });
  const alice = String(participants.data?.data?.[0]?.participant_id);
  const muted = await actOnParticipant({
    path: { account_id, conference_id: room, participant_id: alice },
    body: { action: 'mute' },
  });
  check(muted.response.status === 202, 'a participant is muted');
  const locked = await actOnConference({ path: { account_id, conference_id: room }, body: { action: 'lock' } });
  check(locked.response.status === 202, 'a conference is locked');
}

void main();
