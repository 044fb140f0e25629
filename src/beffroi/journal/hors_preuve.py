"""Les tables que `verifier --journal` ne relit pas ligne par ligne, et pourquoi. Toute autre table est une `LigneProuvee`.

Un test refuse un modèle qui ne serait ni d'un côté ni de l'autre.
"""

# Relues d'une façon qui leur est propre : le journal les contient, ou elles décrivent des octets.
PROUVEES_AUTREMENT = {
    "journal.Ecriture": "la feuille de l'arbre en est l'empreinte",
    "journal.Noeud": "chaque nœud se recalcule depuis les feuilles",
    "journal.PointDeControle": "chaque tête est signée, et prolonge la précédente",
    "journal.Remplissage": "la graine redonne les feuilles que l'arbre tient",
    "journal.Publication": "les têtes publiques se suivent au pas de l'horloge",
    "journal.JetonQualifie": "le jeton est signé par son autorité, sur l'objet qu'il nomme",
    "journal.Cosignature": "la ligne est signée par son témoin",
    "depots.Pli": "le récépissé répète la ligne, le journal répète le récépissé",
    "depots.Enveloppe": "elle est dans l'enregistrement du pli",
    "depots.Enveloppe_fichiers": "chaque fichier de l'enveloppe est dans l'enregistrement du pli",
    "depots.AccuseDeReception": "c'est, à la lettre, le contenu de l'écriture",
    "depots.FichierScelle": "sa racine et son empreinte sont au récépissé, ses octets sont relus",
    "depots.PartieRecue": "l'empreinte de chaque partie est comparée aux octets gardés",
}

# Ce qui n'est pas une preuve.
HORS_PREUVE = {
    "auth.Permission": "table de Django, dont Beffroi ne se sert pas",
    "auth.Group": "table de Django, dont Beffroi ne se sert pas",
    "auth.Group_permissions": "table de Django, dont Beffroi ne se sert pas",
    "contenttypes.ContentType": "le répertoire des modèles, que Django recompose",
    "sessions.Session": "une connexion en cours, qui expire",
    "account.EmailAddress": "recopie l'adresse du compte pour la connexion",
    "account.EmailConfirmation": "une demande de confirmation, qui expire",
    "mfa.Authenticator": "un second facteur : un secret, remplacé quand on veut ; l'acte est au journal",
    "socle.Tache": "la file de l'ouvrier : du travail à faire, répétable, effacé ensuite",
    "socle.Courriel": "la boîte d'envoi : du travail à faire ; l'acte qui écrit est au journal",
    "socle.Numerotation": "le dernier numéro d'une suite, que les objets numérotés portent",
    "depots.BrouillonDeReponse": "rien n'est déposé : le brouillon change, puis s'efface",
    "depots.PartieAnnoncee": "une partie attendue, avant d'être reçue",
    "abonnements.AdresseAbonnee": "une adresse le temps qu'elle suit quelque chose, effacée au dernier arrêt",
    "abonnements.Suivi": "ce qu'une adresse veut savoir : rien de légal n'en dépend, et tout s'efface",
    "alertes.ConsultationParue": "recopie une consultation publiée, pour l'annoncer une fois",
    "alertes.Trouvaille": "ce qui attend un résumé, effacé une fois écrit",
    "notifications.Preferences": "une commodité, que la personne change quand elle veut ; ouvrir un agenda est au journal",
    "notifications.EcheanceServie": "ce qu'un agenda a lu, pour lui dire ce qui change",
    "notifications.Matin": "un matin dont les résumés sont confiés à la file",
    "abonnements.Nouvelle": "ce qui attend un résumé, effacé une fois écrit",
    "pieces.PieceDEntreprise": "ce qu'une entreprise garde pour elle : rien de légal n'en dépend, et tout s'efface",
    "pieces.VersionDePiece": "un fichier gardé pour soi ; repris dans une réponse, c'est le scellé qui prouve",
    "avis.VerificationDAvis": "ce que des contrôles ont dit d'un avis prouvé ; ils se rejouent",
    "recherche.FicheIndexee": "recopie une consultation publiée ; se refait des consultations",
    "recherche.AcheteurIndexe": "recopie un organisme qui a publié ; se refait des consultations",
    "recherche.MotConnu": "les mots des consultations publiées ; se refait des consultations",
    "recherche.ResteDeMot": "les mots des consultations publiées ; se refait des consultations",
    "relectures.ModeleDeCommentaire": "une phrase toute faite, que chacun retouche ; le commentaire, lui, est prouvé",
    "repartage.Repartage": "un changement en cours, effacé une fois achevé ; ses actes sont au journal",
    "repartage.Repartage_vers": "des personnes pressenties, jusqu'à ce que le repartage s'achève, au journal",
    "api.ActeParCle": "une clé d'envoi déjà servie ; l'acte qu'elle a fait est au journal",
    "donnees_ouvertes.FaitPublic": "recopie, dans l'ordre, ce que des actes prouvés rendent public",
    "retraits.Retirant": "ce qu'une personne a bien voulu dire d'elle ; chaque tirage du registre, lui, est au journal",
    "retraits.RetraitDce": "inscrit sans retarder le téléchargement ; chaque tirage du registre, lui, est au journal",
    "repetition.Repetition": "un essai sans aucune réponse, effacé ensuite",
    "repetition.PlaceDeRepetition": "un essai sans aucune réponse, effacé ensuite",
    "repetition.PartDeRepetition": "un essai sans aucune réponse, effacé ensuite",
}
