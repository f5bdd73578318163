import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { makeWarehouse } from "./index";

// The same warehouse as a program, which answers on its standard output.
await makeWarehouse([]).connect(new StdioServerTransport());
