export { createNotifier, type Message, type Notifier, type Sent } from "./notifier.ts";
