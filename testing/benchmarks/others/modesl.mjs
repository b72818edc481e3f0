import modesl from 'modesl'
import { ASK_FOR_PIN, CONFERENCE, PIN, WELCOME, participants } from './commands.mjs'

export async function start (controlPort, callPort) {
  const connection = await new Promise(resolve => {
    const opened = new modesl.Connection('127.0.0.1', controlPort, 'ClueCon', () => resolve(opened))
  })
  await new Promise(resolve => {
    const server = new modesl.Server({ host: '127.0.0.1', port: callPort, myevents: true }, resolve)
    server.on('connection::ready', answer)
  })
  const api = command => new Promise(resolve => {
    connection.api('conference', command, reply => resolve(reply.getBody()))
  })
  return {
    muteAll: on => api(`board ${on ? 'mute' : 'unmute'} all`),
    participants: async () => participants(await api('board list'))
  }
}

function answer (call) {
  call.execute('answer', () => {
    call.execute('playback', WELCOME, () => {
      call.execute('play_and_get_digits', ASK_FOR_PIN, event => {
        if (event.getHeader('variable_entered') === PIN) {
          call.execute('conference', CONFERENCE)
        } else {
          call.execute('hangup')
        }
      })
    })
  })
}
