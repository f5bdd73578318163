import { script } from "@/lib/storage";

/*
 * A conversation's memory in Redis. All keys of one conversation share a hash tag, so a script runs on one node:
 *
 *   rc:{id}:memory  hash   v version · s last seq · n messages in the tail · t time to live · h sealed head
 *   rc:{id}:tail    zset   seq → sealed message
 *   rc:{id}:gone    string set by erasure: every script refuses
 *
 * Writes only move forward. The tail's length is stamped, because Redis may have evicted one key and kept the other.
 */

/** KEYS memory tail gone · ARGV known version, known seq */
export const LOAD = script(`
if redis.call('EXISTS', KEYS[3]) == 1 then return {'gone'} end
local h = redis.call('HMGET', KEYS[1], 'v', 's', 'n', 'h', 't')
if not (h[1] and h[2] and h[3] and h[4] and h[5]) then return {'miss'} end
if redis.call('ZCARD', KEYS[2]) ~= tonumber(h[3]) then return {'miss'} end
redis.call('EXPIRE', KEYS[1], h[5])
redis.call('EXPIRE', KEYS[2], h[5])
if h[1] == ARGV[1] and tonumber(h[2]) >= tonumber(ARGV[2]) then
  if tonumber(h[2]) == tonumber(ARGV[2]) then return {'unchanged'} end
  return {'difference', h[2], redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[2], '+inf', 'WITHSCORES')}
end
return {'state', h[1], h[2], h[4], redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')}
`);

/** KEYS memory tail gone · ARGV after, through, ttl seconds or '' for as before, (seq, sealed)* */
export const APPEND = script(`
if redis.call('EXISTS', KEYS[3]) == 1 then return 'gone' end
local h = redis.call('HMGET', KEYS[1], 's', 'n', 't')
if not (h[1] and h[2] and h[3]) then return 'behind' end
local s = tonumber(h[1])
if s >= tonumber(ARGV[2]) then return 'already' end
if s < tonumber(ARGV[1]) then return 'behind' end
if redis.call('ZCARD', KEYS[2]) ~= tonumber(h[2]) then
  redis.call('DEL', KEYS[1], KEYS[2])
  return 'behind'
end
for i = 4, #ARGV, 2 do
  if tonumber(ARGV[i]) > s then redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i + 1]) end
end
local t = ARGV[3] ~= '' and ARGV[3] or h[3]
redis.call('HSET', KEYS[1], 's', ARGV[2], 't', t, 'n', redis.call('ZCARD', KEYS[2]))
redis.call('EXPIRE', KEYS[1], t)
redis.call('EXPIRE', KEYS[2], t)
return 'appended'
`);

/** KEYS memory tail gone · ARGV version, seq, ttl seconds, head, (seq, sealed)* */
export const SAVE = script(`
if redis.call('EXISTS', KEYS[3]) == 1 then return 'gone' end
if redis.call('TYPE', KEYS[1]).ok == 'hash' then
  local h = redis.call('HMGET', KEYS[1], 'v', 's')
  local v, s = tonumber(h[1] or ''), tonumber(h[2] or '')
  if v and s and (v > tonumber(ARGV[1]) or (v == tonumber(ARGV[1]) and s > tonumber(ARGV[2]))) then
    return 'older'
  end
end
redis.call('DEL', KEYS[1], KEYS[2])
for i = 5, #ARGV, 2 do redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'v', ARGV[1], 's', ARGV[2], 't', ARGV[3], 'h', ARGV[4], 'n', redis.call('ZCARD', KEYS[2]))
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 'saved'
`);

/** KEYS memory tail gone · ARGV from version, covered through, head */
export const FOLD = script(`
if redis.call('EXISTS', KEYS[3]) == 1 then return 'gone' end
local h = redis.call('HMGET', KEYS[1], 'v', 's', 't')
local v, s = tonumber(h[1] or ''), tonumber(h[2] or '')
if not v or not s or not h[3] or v > tonumber(ARGV[1]) then return 'lost' end
if v < tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[1], KEYS[2])
  return 'lost'
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
redis.call('HSET', KEYS[1], 'v', v + 1, 's', math.max(s, tonumber(ARGV[2])), 'h', ARGV[3], 'n', redis.call('ZCARD', KEYS[2]))
redis.call('EXPIRE', KEYS[1], h[3])
redis.call('EXPIRE', KEYS[2], h[3])
return 'folded'
`);
