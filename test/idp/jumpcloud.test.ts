/** JumpCloud as a client: the conversations of test/idp/jumpcloud. */
import { conversationsIn } from "../conversation.ts";
import { describeConversations } from "../replayed.ts";

describeConversations("JumpCloud", conversationsIn("jumpcloud"));
