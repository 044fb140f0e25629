/** Les pages qui montrent l'heure du serveur sans rien envoyer. */
import { demarrerLeTemps } from "./lib/temps";

demarrerLeTemps();
