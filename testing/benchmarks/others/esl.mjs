import { FreeSwitchClient, FreeSwitchServer, once } from 'esl'
import { ASK_FOR_PIN, CONFERENCE, PIN, WELCOME, participants } from './commands.mjs'

// By default, esl stops waiting for an application after one second.
const A_MINUTE = 60_000

const logger = {
  debug: () => {},
  info: () => {},
  error: (...args) => console.error(...args)
}

export async function start (controlPort, callPort) {
  const client = new FreeSwitchClient({ port: controlPort, logger })
  const connected = once(client, 'connect')
  await client.connect()
  const [connection] = await connected
  const server = new FreeSwitchServer({ all_events: false, logger })
  server.on('connection', call => answer(call).catch(error => console.error(error)))
  await server.listen({ host: '127.0.0.1', port: callPort })
  const api = async command => (await connection.api(`conference ${command}`)).body
  return {
    muteAll: on => api(`board ${on ? 'mute' : 'unmute'} all`),
    participants: async () => participants(await api('board list'))
  }
}

async function answer (call) {
  await call.command('answer', '', A_MINUTE)
  await call.command('playback', WELCOME, A_MINUTE)
  const { body } = await call.command('play_and_get_digits', ASK_FOR_PIN, A_MINUTE)
  if (body.variable_entered === PIN) {
    await call.execute('conference', CONFERENCE)
  } else {
    await call.hangup()
    await call.exit()
  }
}
