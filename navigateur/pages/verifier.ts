/** Page publique /verifier/ : le récépissé et les fichiers sont lus ici, rien n'est envoyé. */
import { hashBlob } from "../sceau/hash";
import { matchFile, verifyReceipt } from "../sceau/receipt";

declare global {
  interface Window {
    beffroiVerification: typeof api;
  }
}

/** Offert au reste de la page, et aux tests du navigateur. */
const api = { verifyReceipt, matchFile, hashBlob };

window.beffroiVerification = api;
document.documentElement.dataset.verification = "prete";
