// What the programs send to FreeSWITCH, and how they read its replies; see Commands.java.

export const PIN = '1234'
export const WELCOME = 'conference/conf-welcome.wav'
export const ASK_FOR_PIN =
  '1 10 1 5000 # conference/conf-enter_conf_pin.wav conference/conf-bad-pin.wav entered \\d+'
export const CONFERENCE = 'board@default'

export function participants (list) {
  return list.split('\n').filter(line => line !== '').map(line => {
    const [, , call, name, number, flags] = line.split(';')
    return { call, name, number, muted: !flags.includes('speak') }
  })
}
