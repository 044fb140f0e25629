"""Ce que dit `sceau`, en français : le paquet parle anglais à tous les cryptographes, la commande parle à une personne."""

import re

PHRASES = (
    # récépissé
    (r"(\d+) files", r"\1 pièces"),
    (r"The archive is not a readable zip file\.", "ce n'est pas une archive ZIP lisible"),
    (r"The archive is not a receipt\.", "cette archive n'est pas un récépissé"),
    (r"The archive is too big for a receipt\.", "cette archive est trop grosse pour un récépissé"),
    (r"The archive is encrypted\.", "cette archive est chiffrée"),
    (r"The archive holds a file with an odd or repeated name\.", "l'archive a une pièce au nom étrange ou répété"),
    (r"(.+) is missing\.", r"\1 manque"),
    (r"(.+) is malformed", r"\1 est abîmé"),
    (r"(.+) is not among the given ones", r"celle du récépissé (\1) n'est pas celle que vous avez donnée"),
    (r"a value is missing or malformed", "une valeur manque ou est abîmée"),
    (r"The record is of another format\.", "ce n'est pas un enregistrement de dépôt"),
    (r"The record is not canonical JSON\.", "l'enregistrement a été récrit autrement"),
    (r"The record contradicts its own times\.", "l'enregistrement contredit ses propres heures"),
    (r"The record says (.+), the timestamp (.+)\.", r"l'enregistrement dit \1, l'horodatage \2"),
    (r"late", "hors délai"),
    (r"in time", "dans les délais"),
    (r"The timestamp could not be read\.", "l'horodatage n'a pas pu être lu"),
    (r"The signature of the token is wrong\..*", "la signature de l'horodatage est fausse"),
    (r"The token is malformed\..*", "l'horodatage est abîmé"),
    (r"(.+), (\d+) entries", r"\1, \2 écritures"),
    (r"entry (\d+)", r"écriture n° \1"),
    (
        r"The proof does not lead from this deposit to the root of the checkpoint\.",
        "la preuve ne mène pas de ce dépôt au registre",
    ),
    (r"The checkpoint is not signed by the log (.+)\.", r"l'état du registre n'est pas signé par \1"),
    (r"The note is signed by none of the known keys\.", "aucune des clés connues n'a signé cet état du registre"),
    (r"only the copy saved by the depositor has them", "seule la copie complète, enregistrée par l'entreprise, les a"),
    (r"(\d+) manifests, (\d+) missing", r"\1 manifestes, \2 manquants"),
    (r"A manifest is not one that the deposit committed to\.", "un manifeste n'est pas celui de ce dépôt"),
    (
        r"A manifest describes a file that the receipt does not list\.",
        "un manifeste parle d'un fichier que le récépissé ignore",
    ),
    (r"(.+): clear content of (.+)", r"\1 a le contenu de « \2 »"),
    (r"(.+): sealed content of (.+)", r"\1 est « \2 », scellé"),
    (
        r"(.+) is not a file of this deposit\. The archive has no manifest.*",
        r"\1 ne se reconnaît pas : il faut la copie complète, avec les manifestes, pour comparer des fichiers en clair",
    ),
    (r"(.+) is not a file of this deposit\.", r"\1 n'est pas un fichier de ce dépôt"),
    (r"No such file or directory: (.+)", r"\1 n'existe pas"),
    # clés et plis
    (r"A key is mistyped.*|A key mixes upper and lower case\.", "une lettre au moins est fausse"),
    (r"A key starting with (.+)1 was expected\.", r"elle commence par \g<1>1"),
    (r"(A recipient is|An identity is) written in .+ case\.", "majuscules et minuscules sont mêlées"),
    (r"A recipient is not a valid hybrid public key\.", "ce n'est pas une clé hybride"),
    (r"This is not an age v1 file\.", "ce n'est pas un fichier scellé (age)"),
    (r"The file ends .+", "le fichier est coupé"),
    (r"Chunk (\d+) is truncated, altered or out of place\.", r"le fichier est coupé ou abîmé, au bloc \1"),
    (r"Something follows the last chunk\.", "des octets suivent la fin du fichier"),
    (r"The header was altered: its MAC is wrong\.", "l'en-tête du fichier a été changé"),
    (r"(\d+) shares are needed, (\d+) given\.", r"il en faut \1, \2 données"),
    (r"The shares do not belong to the same sharing\.", "ces parts ne sont pas celles d'une même clé"),
    (r"The shares do not give the key that they name\.", "ces parts ne redonnent pas la clé qu'elles nomment"),
    (r"A share has an unknown format\.", "une part n'a pas le format attendu"),
    (r"Two different shares have the same coordinate\.", "deux parts différentes ont le même numéro"),
)


def en_francais(texte: object) -> str:
    """La phrase, sans point final ; telle quelle si elle n'est pas du répertoire."""
    brute = str(texte).strip()
    for motif, phrase in PHRASES:
        if trouve := re.fullmatch(motif, brute, re.S):
            return trouve.expand(phrase)
    return brute.removesuffix(".")
