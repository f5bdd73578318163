import { startProcess } from "@/lib/start";

// Runs jobs and sweeps for turns without serving pages; the web processes then start with WORKER=separate.
startProcess("worker");
console.log("The worker is ready. Ctrl-C stops it.");

// Nothing else holds this process open while there is no work.
setInterval(() => undefined, 60_000);
