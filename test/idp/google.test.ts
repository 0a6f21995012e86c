/** Google Workspace as a client: the conversations of test/idp/google. */
import { conversationsIn } from "../conversation.ts";
import { describeConversations } from "../replayed.ts";

describeConversations("Google Workspace", conversationsIn("google"));
