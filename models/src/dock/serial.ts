/** Serial number of a dock or an aircraft: letters and digits, so that it is one level of a topic and one folder of a key. */
const serial = /^[A-Za-z0-9]{6,32}$/;

export const isSerial = (text: string): boolean => serial.test(text);
export const serialPattern = serial;
