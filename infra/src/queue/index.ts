import { AppError, errorCodes } from "@mingcha/models";
import type { JobDefinition } from "@mingcha/models/jobs";
import { createPostgresBackend, type Job, Queue, UnrecoverableError, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { Logger } from "../log.ts";

export interface QueueOptions {
  readonly databaseUrl: string;
  /** When set the queues live in Redis (or Valkey), else in the database. */
  readonly redisUrl: string | undefined;
  readonly log: Logger;
}

export interface Queues {
  /** Rings the doorbell. Failure to ring is logged, not thrown: the sweep rings again. */
  readonly ring: <P>(definition: JobDefinition<P>, payload: P) => Promise<void>;
  /** Works on one queue. Every job of the queue needs a handler; refuses to start otherwise. */
  readonly work: (queue: string, handlers: readonly JobHandler[], options: { concurrency: number }) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface JobHandler {
  readonly definition: JobDefinition<never>;
  readonly run: (payload: unknown, log: Logger) => Promise<void>;
}

/** Binds a definition to its function; the payload is parsed before the function sees it. */
export function handle<P>(definition: JobDefinition<P>, run: (payload: P, log: Logger) => Promise<void>): JobHandler {
  return {
    definition: definition as unknown as JobDefinition<never>,
    run: async (raw, log) => {
      const payload = definition.payload.safeParse(raw);
      if (!payload.success) throw new UnrecoverableError(`wrong payload for ${definition.name}`);
      await run(payload.data, log);
    },
  };
}

/**
 * BullMQ 6 on PostgreSQL or on Redis, same code above. Stalls are not attempts: attempts are counted in our own tables,
 * so `maxStalledCount` is high and a killed worker never fails a job for good.
 */
export async function openQueues(options: QueueOptions): Promise<Queues> {
  const { log } = options;
  const redis = options.redisUrl === undefined ? null : await openRedis(options.redisUrl, log);
  const connection = { connectionString: options.databaseUrl, schema: "bullmq", migrate: true, max: 4 };
  const queues = new Map<string, Queue>();
  const workers: Worker[] = [];

  function queueOf(name: string): Queue {
    let queue = queues.get(name);
    if (!queue) {
      queue = redis
        ? new Queue(name, { connection: redis.producer })
        : (new Queue(name, { connection }, createPostgresBackend) as unknown as Queue);
      queue.on("error", (error) => log.warn({ err: error, queue: name }, "queue error"));
      queues.set(name, queue);
    }
    return queue;
  }

  return {
    ring: async (definition, payload) => {
      try {
        await queueOf(definition.queue).add(definition.name, definition.payload.parse(payload), {
          jobId: definition.jobId(payload),
          removeOnComplete: true,
          removeOnFail: true,
        });
      } catch (error) {
        log.warn({ err: error, job: definition.name }, "could not ring; the sweep will");
      }
    },
    work: async (name, handlers, { concurrency }) => {
      const byName = new Map(handlers.map((handler) => [handler.definition.name, handler]));
      if (byName.size !== handlers.length) throw new Error(`Queue ${name} has two handlers for one job.`);
      const process = async (job: Job): Promise<void> => {
        const handler = byName.get(job.name);
        if (!handler) throw new UnrecoverableError(`no handler for ${job.name}`);
        const jobLog = log.child({ jobId: job.id, jobName: job.name });
        try {
          await handler.run(job.data, jobLog);
        } catch (error) {
          jobLog.warn({ err: error }, "job failed");
          if (error instanceof AppError && !errorCodes[error.code].retryable) throw new UnrecoverableError(error.code);
          throw error;
        }
      };
      const settings = { concurrency, lockDuration: 60_000, stalledInterval: 15_000, maxStalledCount: 1_000 };
      const worker = redis
        ? new Worker(name, process, { ...settings, connection: redis.worker })
        : (new Worker(name, process, { ...settings, connection }, createPostgresBackend) as unknown as Worker);
      worker.on("error", (error) => log.warn({ err: error, queue: name }, "worker error"));
      worker.on("stalled", (jobId) => log.warn({ jobId, queue: name }, "job stalled"));
      workers.push(worker);
      await worker.waitUntilReady();
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      redis?.producer.disconnect();
      redis?.worker.disconnect();
    },
  };
}

/** Two connections: producers fail fast, workers wait. Refuses a Redis that may throw jobs away. */
async function openRedis(url: string, log: Logger): Promise<{ producer: Redis; worker: Redis }> {
  const producer = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: true });
  const worker = new Redis(url, { maxRetriesPerRequest: null });
  for (const client of [producer, worker]) client.on("error", (error) => log.warn({ err: error }, "redis error"));
  const policy = await producer.config("GET", "maxmemory-policy").catch(() => null);
  const value = Array.isArray(policy) ? policy[1] : undefined;
  if (value !== undefined && value !== "noeviction") {
    producer.disconnect();
    worker.disconnect();
    throw new Error(`Redis has maxmemory-policy ${String(value)}; it must be noeviction, or accepted jobs vanish.`);
  }
  return { producer, worker };
}
