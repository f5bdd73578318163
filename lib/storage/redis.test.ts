import { expect, test, vi } from "vitest";
import { RedisGone, redisGoneSince, withRedis } from "./redis";

// In unit tests nothing listens where Redis should be: it is gone from the first command.
test("a stopped Redis costs half a second once, then the breaker refuses at once", async () => {
  const first = withRedis((redis) => redis.ping());
  await expect(first).rejects.toThrow(RedisGone);
  expect(redisGoneSince()).toBeInstanceOf(Date);
  const asked = vi.fn();
  await expect(withRedis(async () => asked())).rejects.toThrow(RedisGone);
  expect(asked).not.toHaveBeenCalled();
});
