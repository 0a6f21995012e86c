/** Okta as a client: the conversations of test/idp/okta, and the suite that every catalogue app must pass, row by row. */
import { conversationNamed, conversationsBut, describeConversations, describeSuite } from "../replayed.ts";

const suite = "C17 Okta SPEC suite";

describeConversations("Okta", conversationsBut("okta", [suite]));
describeSuite(conversationNamed("okta", suite));
