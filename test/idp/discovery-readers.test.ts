/** CyberArk, SailPoint as a client: the conversations of test/idp/discovery-readers. */
import { conversationsIn } from "../conversation.ts";
import { describeConversations } from "../replayed.ts";

describeConversations("CyberArk, SailPoint", conversationsIn("discovery-readers"));
