/** OneLogin as a client: the conversations of test/idp/onelogin. */
import { conversationsIn } from "../conversation.ts";
import { describeConversations } from "../replayed.ts";

describeConversations("OneLogin", conversationsIn("onelogin"));
