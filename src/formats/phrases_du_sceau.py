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
    (r"(.+) is damaged\.", r"\1 est abîmé"),
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
    (r"(\d+) manifests, (\d+) missing", r"manifestes : \1, manquants : \2"),
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
    # preuve
    (r"The archive is too big to be read\.", "cette archive est démesurée : elle n'est pas lue"),
    (
        r"The archive unpacks to far more than it weighs\.",
        "cette archive, dépliée, serait démesurée : elle n'est pas lue",
    ),
    (r"(.+) is too big to be read at once\.", r"\1 est démesuré"),
    (r"An item of the archive is too big to be read\.", "une écriture ou une ligne est démesurée"),
    (r"(.+) is not a document of this archive\.", r"\1 n'est pas une pièce que cette preuve connaît"),
    (r"(.+): named by this archive", r"\1 est une pièce que cette preuve connaît"),
    (r"(1) of \1 entries", "la seule écriture"),
    (r"(\d+) of \1 entries", r"les \1 écritures"),
    (r"(\d+) of (\d+) entries", r"\1 des \2 écritures (les autres l'attendent encore)"),
    (r"not obtained yet", "pas encore obtenu"),
    (r"(\d+) entries", r"\1 écritures"),
    (r"(\d+) lines", r"\1 lignes"),
    (r"(.+) is not in the manifest\.", r"\1 n'est pas au manifeste"),
    (r"(.+) is not what the manifest says\.", r"\1 n'est pas ce que dit le manifeste"),
    (
        r"Line (\d+) is of a batch that no entry commits to\.",
        r"la ligne \1 est d'un lot que le registre n'a pas retenu",
    ),
    (
        r"Line (\d+) is not the one that the entry commits to\.",
        r"la ligne \1 n'est pas celle que le registre a retenue",
    ),
    (r"The proof does not lead from the leaf to the root of the checkpoint\.", "une écriture n'est pas au registre"),
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
    # fichiers scellés
    (
        r"No given identity opens this file\.",
        "ce fichier est scellé pour une autre clé : aucune des identités données ne l'ouvre. "
        "Vérifiez la consultation, l'enveloppe (candidature ou offre) et la clé",
    ),
    (r"The file key has a wrong length\.", "la clé de ce fichier n'a pas la bonne longueur : il est abîmé"),
    (r"The last chunk is empty\.", "le dernier bloc du fichier est vide : il est coupé ou abîmé"),
    (
        r"A header (line|value) is .+|The header (has no recipient|is too long|is not ASCII)\.",
        "l'en-tête du fichier est abîmé",
    ),
    (r"A stanza .+|A work factor is malformed\.|A \S+ stanza is malformed\.", "l'en-tête du fichier est abîmé"),
    (r"A passphrase stanza must be alone\.", "ce fichier mêle une phrase et d'autres clés : il est refusé"),
    (r"A work factor above \d+ is refused\.", "ouvrir ce fichier demanderait un calcul démesuré : il est refusé"),
    (
        r"The armor .+|.+ the armor( is malformed| may be shorter)?\.|A line of the armor is malformed\.",
        "le texte qui entoure le fichier scellé (BEGIN AGE) est abîmé",
    ),
    (
        r"A sealed file (starts with|cannot be) .+|The recipient of the sealed file has a wrong length\.",
        "ce n'est pas un fichier scellé entier",
    ),
    (r"A sealed file has exactly one \S+ recipient\.", "ce fichier n'est pas scellé pour une seule clé hybride"),
    # clés et parts
    (r"A recovery code is .+", "ce code de secours est mal recopié"),
    (r"A passphrase cannot be empty\.", "la phrase est vide"),
    (r"A passphrase cannot be published\.", "une phrase ne se publie pas"),
    (r"Only a hybrid identity has .+", "cette identité n'est pas une clé hybride"),
    (r"(The seed of an|A classic) identity is 32 bytes long\.", "cette identité n'a pas la bonne longueur"),
    (r"A share has an impossible coordinate\.", "une part a un numéro impossible"),
    (r"A share has a record if .+", "une part ne dit pas la clé qu'elle partage"),
    (r"No share was given\.", "aucune part n'est donnée"),
    (r"An empty secret cannot be shared\.|A \S+ sharing is impossible\.", "ce partage est impossible"),
    # clé signée d'une consultation
    (
        r"The signed record is that of another key: its « (.+) » differs\.",
        r"l'enregistrement signé est celui d'une autre clé : « \1 » diffère",
    ),
    (
        r"The fingerprint of the signed record is not that of the key\.",
        "l'empreinte de l'enregistrement signé n'est pas celle de la clé",
    ),
    (r"The key has no signed record\.", "la clé n'a pas d'enregistrement signé"),
    (r"The timestamp of the signed record is malformed\.", "l'horodatage de l'enregistrement signé est abîmé"),
    (r"The signed record has no readable « (.+) »\.", r"l'enregistrement signé n'a pas de « \1 » lisible"),
    (r"The entry of the register is not that of a key\.", "l'écriture du registre n'est pas celle d'une clé"),
    (r"The signature is not that of this key .+", "la signature n'est pas celle de cette clé"),
    # registre et horodatage
    (
        r"The proof does not lead from the leaf to the root of the checkpoint\.",
        "la preuve ne mène pas de cette écriture au registre",
    ),
    (r"The signature of (.+) is wrong\.", r"la signature de \1 est fausse"),
    (r"A log key .+", "la clé du registre est mal recopiée"),
    (
        r"A signed note is malformed\.|A signature line of a note .+|A log text .+|A checkpoint of the log .+",
        "l'état signé du registre est abîmé",
    ),
    (r"A log proof is malformed\.", "la preuve d'inscription au registre est abîmée"),
    (r"A tile of the log .+|An entries tile of the log .+", "une tuile du registre est abîmée"),
    (r"A manifest is of another format\.", "un manifeste n'a pas le format attendu"),
    (r"An? (?:extra )?file takes the name of a proof\.", "une pièce de l'archive prend le nom d'une preuve"),
    (r"A value .+|A text holds half a character: .+", "un contenu n'a pas d'écriture canonique"),
    (r"The token carries a certificate that is not well formed\.", "l'horodatage porte un certificat mal formé"),
    (r"The token does not carry the certificate .+", "l'horodatage ne porte pas le certificat de son autorité"),
    (r"The token uses a signature that is not accepted\.", "l'horodatage porte une signature qui n'est pas admise"),
    (r"The trusted roots are not .+", "les autorités de confiance données ne sont pas des certificats PEM"),
    (r"The answer of the authority is malformed\.", "la réponse de l'autorité d'horodatage est abîmée"),
    (r"The authority refused the timestamp\.", "l'autorité a refusé l'horodatage"),
    (
        r"The authority's certificate is not made for timestamps( only)?\.",
        "le certificat de l'autorité n'est pas fait pour horodater",
    ),
    (r"The authority's certificate was not .+", "le certificat de l'autorité n'était pas valable à cette heure"),
    (r"The authority is not linked to a trusted root\.", "rien ne relie l'autorité à une racine de confiance"),
)


def en_francais(texte: object) -> str:
    """La phrase, sans point final ; telle quelle si elle n'est pas du répertoire."""
    brute = str(texte).strip()
    for motif, phrase in PHRASES:
        if trouve := re.fullmatch(motif, brute, re.S):
            return trouve.expand(phrase)
    return brute.removesuffix(".")
