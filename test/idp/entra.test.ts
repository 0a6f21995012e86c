/** Microsoft Entra ID as a client: the conversations of test/idp/entra, and the probes of its SCIM Validator by number. */
import { conversationNamed, conversationsBut, describeConversations, describeSuite } from "../replayed.ts";

const validator = "V1–V16 Entra: SCIM Validator and Microsoft's Postman collection";

describeConversations("Entra ID", conversationsBut("entra", [validator]));
describeSuite(conversationNamed("entra", validator));
