/** authentik as a client: the conversations of test/idp/authentik. */
import { conversationsIn } from "../conversation.ts";
import { describeConversations } from "../replayed.ts";

describeConversations("authentik", conversationsIn("authentik"));
