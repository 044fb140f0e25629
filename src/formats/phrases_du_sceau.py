"""Ce que dit `sceau`, en français :
le paquet parle anglais à tous les cryptographes, la commande parle à une personne.

À gauche la phrase telle que `sceau` l'écrit, ses valeurs nommées ; à droite la nôtre,
avec les mêmes valeurs. Un test tient que chacune est dite, et que rien de ce qui se dit n'y manque.
"""

ARCHIVE = {
    "{count} files": "{count} pièces",
    "The archive is not a readable zip file.": "ce n'est pas une archive ZIP lisible",
    "The archive is not a receipt.": "cette archive n'est pas un récépissé",
    "The archive is too big for a receipt.": "cette archive est trop grosse pour un récépissé",
    "The archive is too big to be read.": "cette archive est démesurée : elle n'est pas lue",
    "The archive unpacks to far more than it weighs.": (
        "cette archive, dépliée, serait démesurée : elle n'est pas lue"
    ),
    "The archive is encrypted.": "cette archive est chiffrée",
    "The archive holds a file with an odd or repeated name.": (
        "l'archive a une pièce au nom étrange ou répété"
    ),
    "An item of the archive is too big to be read.": "une écriture ou une ligne est démesurée",
    "A file takes the name of a proof.": "une pièce de l'archive prend le nom d'une preuve",
    "An extra file takes the name of a proof.": "une pièce de l'archive prend le nom d'une preuve",
    "{name} is missing.": "{name} manque",
    "{name} is damaged.": "{name} est abîmé",
    "{name} is malformed": "{name} est abîmé",
    "{name} is too big to be read at once.": "{name} est démesuré",
    "{name} is not among the given ones": (
        "celle du récépissé ({name}) n'est pas celle que vous avez donnée"
    ),
    "a value is missing or malformed": "une valeur manque ou est abîmée",
    "No such file or directory: {path}": "{path} n'existe pas",
    "{reason}: {path}": "{path} ne se lit pas ({reason})",
}
RECEPISSE = {
    "The record is of another format.": "ce n'est pas un enregistrement de dépôt",
    "The record is not canonical JSON.": "l'enregistrement a été récrit autrement",
    "The record contradicts its own times.": "l'enregistrement contredit ses propres heures",
    "The record says {record}, the timestamp {timestamp}.": (
        "l'enregistrement dit {record}, l'horodatage {timestamp}"
    ),
    (
        "The record says {record}, the timestamp {timestamp}: on two sides of the deadline "
        "{deadline}, and more than {tolerance} s apart."
    ): (
        "l'enregistrement dit {record}, l'horodatage {timestamp} : de part et d'autre de l'heure "
        "limite {deadline}, et à plus de {tolerance} s l'un de l'autre"
    ),
    "in time, to within {tolerance} s: the record says {record}, the timestamp {timestamp}": (
        "dans les délais, à {tolerance} s près : l'enregistrement dit {record}, "
        "l'horodatage {timestamp}"
    ),
    "late, to within {tolerance} s: the record says {record}, the timestamp {timestamp}": (
        "hors délai, à {tolerance} s près : l'enregistrement dit {record}, l'horodatage {timestamp}"
    ),
    "late": "hors délai",
    "in time": "dans les délais",
    "The timestamp could not be read.": "l'horodatage n'a pas pu être lu",
    "this copy holds none": "cette copie n'en porte pas",
    "only the copy saved by the depositor has them": (
        "seule la copie complète, enregistrée par l'entreprise, les a"
    ),
    "{count} manifests, {missing} missing": "manifestes : {count}, manquants : {missing}",
    "A manifest is of another format.": "un manifeste n'a pas le format attendu",
    "A manifest is not one that the deposit committed to.": (
        "un manifeste n'est pas celui de ce dépôt"
    ),
    "A manifest describes a file that the receipt does not list.": (
        "un manifeste parle d'un fichier que le récépissé ignore"
    ),
    "{name}: clear content of {content}": "{name} a le contenu de « {content} »",
    "{name}: sealed content of {content}": "{name} est « {content} », scellé",
    "{name} is not a file of this deposit.": "{name} n'est pas un fichier de ce dépôt",
    (
        "{name} cannot be compared: no sealed file of this deposit has its content, "
        "and the archive lacks the manifests that describe the clear ones."
    ): (
        "{name} ne se compare pas : ce n'est pas un fichier scellé de ce dépôt, et cette copie "
        "n'a pas toutes les empreintes des fichiers en clair"
    ),
}
PREUVE = {
    "1 of 1 entries": "la seule écriture",
    "{count} of {count} entries": "les {count} écritures",
    "{some} of {count} entries": "{some} des {count} écritures (les autres l'attendent encore)",
    "{count} entries": "{count} écritures",
    "{count} lines": "{count} lignes",
    "not obtained yet": "pas encore obtenu",
    "{name} is not in the manifest.": "{name} n'est pas au manifeste",
    "{name} is not what the manifest says.": "{name} n'est pas ce que dit le manifeste",
    "{name} is not a document of this archive.": (
        "{name} n'est pas une pièce que cette preuve connaît"
    ),
    "{name}: named by this archive": "{name} est une pièce que cette preuve connaît",
    "Line {line} is of a batch that no entry commits to.": (
        "la ligne {line} est d'un lot que le registre n'a pas retenu"
    ),
    "Line {line} is not the one that the entry commits to.": (
        "la ligne {line} n'est pas celle que le registre a retenue"
    ),
}
REGISTRE = {
    "{origin}, {count} entries": "{origin}, {count} écritures",
    "entry {index}": "écriture n° {index}",
    "The proof does not lead from this deposit to the root of the checkpoint.": (
        "la preuve ne mène pas de ce dépôt au registre"
    ),
    "The proof does not lead from the leaf to the root of the checkpoint.": (
        "une écriture n'est pas au registre"
    ),
    "The checkpoint is not signed by the log {origin}.": (
        "l'état du registre n'est pas signé par {origin}"
    ),
    "The note is signed by none of the known keys.": (
        "aucune des clés connues n'a signé cet état du registre"
    ),
    (
        "The checkpoint of {count} entries is signed by a key of the log that does not sign this "
        "size: it had handed over, or had not begun."
    ): (
        "l'état du registre à {count} écritures est signé par une clé qui n'était pas la sienne à "
        "cette taille : elle avait passé la main, ou ne l'avait pas prise"
    ),
    (
        "The checkpoint of {count} entries is signed by a key that was stolen: the register alone "
        "tells whether it is one of its own."
    ): (
        "l'état du registre à {count} écritures est signé par une clé volée : le registre seul dit "
        "s'il est de lui"
    ),
    "A handover of the register is malformed.": "une relève de la clé du registre est abîmée",
    "A handover of the register is not signed by the key that takes over.": (
        "une relève de la clé du registre n'est pas signée par celle qui prend la main"
    ),
    "The handovers of the register do not follow one another.": (
        "les relèves de la clé du registre ne se suivent pas"
    ),
    "The entry of the register is not that of a handover.": (
        "une écriture du registre n'est pas celle d'une relève de sa clé"
    ),
    "The list of the handovers of the register is malformed.": (
        "la liste des relèves de la clé du registre est abîmée"
    ),
    "The signature of {name} is wrong.": "la signature de {name} est fausse",
    "A log proof is malformed.": "la preuve d'inscription au registre est abîmée",
    **dict.fromkeys(
        (
            "A log key is followed by something else than the sizes that it signs.",
            "A log key is mistyped: its identifier is wrong.",
            "A log key is not a C2SP verifier key of a known type.",
            "A log key needs a name without space nor + and a 32-byte seed.",
        ),
        "la clé du registre est mal recopiée",
    ),
    **dict.fromkeys(
        (
            "A checkpoint of the log is malformed.",
            "A log text holds a hash of a wrong length.",
            "A log text holds malformed base64.",
            "A signature line of a note is malformed.",
            "A signed note is malformed.",
        ),
        "l'état signé du registre est abîmé",
    ),
    **dict.fromkeys(
        (
            "A tile of the log has a wrong length.",
            "An entries tile of the log is truncated.",
            "An entries tile of the log is not under its root.",
        ),
        "une tuile du registre est abîmée",
    ),
    **dict.fromkeys(
        (
            "A text holds half a character: it has no canonical form.",
            "A value is nested too deep.",
            "A value of type {type} has no canonical form here.",
        ),
        "un contenu n'a pas d'écriture canonique",
    ),
}
HORODATAGE = {
    "The signature of the token is wrong.": "la signature de l'horodatage est fausse",
    "The token was altered.": "l'horodatage a été changé",
    "The token is about something else: its digest differs.": "l'horodatage porte sur autre chose",
    "The token answers another request: its nonce differs.": (
        "l'horodatage répond à une autre demande"
    ),
    "The token is not a timestamp.": "ce n'est pas un horodatage",
    "The token signs no timestamp.": "ce n'est pas un horodatage",
    "The token uses a digest that is not accepted.": (
        "l'horodatage porte une empreinte qui n'est pas admise"
    ),
    "The token uses a signature that is not accepted.": (
        "l'horodatage porte une signature qui n'est pas admise"
    ),
    "The token carries a certificate that is not well formed.": (
        "l'horodatage porte un certificat mal formé"
    ),
    "The token carries too many certificates.": "l'horodatage porte trop de certificats",
    "The token does not carry the certificate of its signer.": (
        "l'horodatage ne porte pas le certificat de son autorité"
    ),
    "The token does not name the certificate that signed it.": (
        "l'horodatage ne nomme pas le certificat qui l'a signé"
    ),
    "A token has exactly one signer.": "l'horodatage n'est pas signé par une seule autorité",
    **dict.fromkeys(
        (
            "The token is malformed.",
            "The token is not signed data.",
            "The token repeats an attribute.",
        ),
        "l'horodatage est abîmé",
    ),
    "The trusted roots are not certificates in PEM.": (
        "les autorités de confiance données ne sont pas des certificats PEM"
    ),
    "The answer of the authority is malformed.": "la réponse de l'autorité d'horodatage est abîmée",
    "The authority refused the timestamp.": "l'autorité a refusé l'horodatage",
    **dict.fromkeys(
        (
            "The authority's certificate is not made for timestamps.",
            "The authority's certificate is not made for timestamps only.",
        ),
        "le certificat de l'autorité n'est pas fait pour horodater",
    ),
    "The authority's certificate was not valid at that time.": (
        "le certificat de l'autorité n'était pas valable à cette heure"
    ),
    "The authority is not linked to a trusted root.": (
        "rien ne relie l'autorité à une racine de confiance"
    ),
}
CLES_ET_PARTS = {
    **dict.fromkeys(
        (
            "A key is mistyped: its checksum is wrong.",
            "A key is mistyped: its last symbol is impossible.",
            "A key mixes upper and lower case.",
        ),
        "une lettre au moins est fausse",
    ),
    "A key starting with {prefix}1 was expected.": "elle commence par {prefix}1",
    "A recipient is written in lower case.": "majuscules et minuscules sont mêlées",
    "An identity is written in upper case.": "majuscules et minuscules sont mêlées",
    "A recipient is not a valid hybrid public key.": "ce n'est pas une clé hybride",
    "Only a hybrid identity has a seed and a recipient.": (
        "cette identité n'est pas une clé hybride"
    ),
    "The seed of an identity is 32 bytes long.": "cette identité n'a pas la bonne longueur",
    "A classic identity is 32 bytes long.": "cette identité n'a pas la bonne longueur",
    "A recovery code is malformed.": "ce code de secours est mal recopié",
    "A recovery code is mistyped: its checksum is wrong.": "ce code de secours est mal recopié",
    "A passphrase cannot be empty.": "la phrase est vide",
    "A passphrase cannot be published.": "une phrase ne se publie pas",
    "No share was given.": "aucune part n'est donnée",
    "{needed} shares are needed, {given} given.": "il en faut {needed}, {given} données",
    "A share has an unknown format.": "une part n'a pas le format attendu",
    "A share has an impossible coordinate.": "une part a un numéro impossible",
    "Two different shares have the same coordinate.": "deux parts différentes ont le même numéro",
    "A share has a record if and only if its key is that of a consultation.": (
        "une part ne dit pas la clé qu'elle partage"
    ),
    "The shares do not belong to the same sharing.": "ces parts ne sont pas celles d'une même clé",
    "The shares do not give the key that they name.": (
        "ces parts ne redonnent pas la clé qu'elles nomment"
    ),
    "An empty secret cannot be shared.": "ce partage est impossible",
    "A {threshold}-of-{shares} sharing is impossible.": "ce partage est impossible",
}
CLE_DE_CONSULTATION = {
    "The key has no signed record.": "la clé n'a pas d'enregistrement signé",
    "The signed record is that of another key: its « {name} » differs.": (
        "l'enregistrement signé est celui d'une autre clé : « {name} » diffère"
    ),
    "The signed record has no readable « {name} ».": (
        "l'enregistrement signé n'a pas de « {name} » lisible"
    ),
    "The fingerprint of the signed record is not that of the key.": (
        "l'empreinte de l'enregistrement signé n'est pas celle de la clé"
    ),
    "The timestamp of the signed record is malformed.": (
        "l'horodatage de l'enregistrement signé est abîmé"
    ),
    "The timestamp of the signed record is not of the hour that it says.": (
        "l'horodatage de l'enregistrement signé n'est pas à l'heure qu'il dit"
    ),
    "The signing key is not that of the identity that signs.": (
        "la clé de signature n'est pas celle de la personne que l'enregistrement nomme"
    ),
    "The key is signed by {signer}, not by the identity that is expected.": (
        "elle est signée par l'identité d'empreinte {signer}, non par celle que vous attendez"
    ),
    "The first format of the signed record binds no signatory.": (
        "l'enregistrement signé est de l'ancien format, qui ne lie aucune personne à sa "
        "signature : il ne peut pas être comparé à l'empreinte que vous attendez"
    ),
    "The signed record is of a format that is no longer made.": (
        "l'enregistrement signé est de l'ancien format, que plus rien ne fait à cette date"
    ),
    "The key is not public in the register.": (
        "le registre ne la tient pas comme une clé publiée, que tous peuvent retrouver"
    ),
    "The public entry of the key is about another consultation.": (
        "l'écriture publique de la clé parle d'une autre consultation"
    ),
    "The signed record is of an unknown format.": (
        "l'enregistrement signé n'est pas d'un format connu"
    ),
    "The signed record has not the fields of its format.": (
        "l'enregistrement signé n'a pas les champs de son format"
    ),
    "The entry of the register is not that of a key.": (
        "l'écriture du registre n'est pas celle d'une clé"
    ),
    "The signature is not that of this key over this message.": (
        "la signature n'est pas celle de cette clé"
    ),
}
FICHIER_SCELLE = {
    "No given identity opens this file.": (
        "ce fichier est scellé pour une autre clé : aucune des identités données ne l'ouvre. "
        "Vérifiez la consultation, l'enveloppe (candidature ou offre) et la clé"
    ),
    "This is not an age v1 file.": "ce n'est pas un fichier scellé (age)",
    "The file ends before its content.": "le fichier est coupé",
    "The file ends inside its header.": "le fichier est coupé",
    "The file key has a wrong length.": (
        "la clé de ce fichier n'a pas la bonne longueur : il est abîmé"
    ),
    "The header was altered: its MAC is wrong.": "l'en-tête du fichier a été changé",
    "Chunk {number} is truncated, altered or out of place.": (
        "le fichier est coupé ou abîmé, au bloc {number}"
    ),
    "The last chunk is empty.": "le dernier bloc du fichier est vide : il est coupé ou abîmé",
    "Something follows the last chunk.": "des octets suivent la fin du fichier",
    "A passphrase stanza must be alone.": (
        "ce fichier mêle une phrase et d'autres clés : il est refusé"
    ),
    "A work factor above {limit} is refused.": (
        "ouvrir ce fichier demanderait un calcul démesuré : il est refusé"
    ),
    "A sealed file has exactly one {kind} recipient.": (
        "ce fichier n'est pas scellé pour une seule clé hybride"
    ),
    **dict.fromkeys(
        (
            "A sealed file cannot be {size} bytes long.",
            "A sealed file starts with {size} bytes; only {here} are here.",
            "The recipient of the sealed file has a wrong length.",
        ),
        "ce n'est pas un fichier scellé entier",
    ),
    **dict.fromkeys(
        (
            "A header line is neither a stanza nor a valid MAC.",
            "A header value is not canonical base64.",
            "The header has no recipient.",
            "The header is not ASCII.",
            "The header is too long.",
            "A stanza holds a low-order point.",
            "A stanza line is too long.",
            "A stanza starts with a malformed line.",
            "A stanza value has a wrong length.",
            "A work factor is malformed.",
            "A {kind} stanza is malformed.",
        ),
        "l'en-tête du fichier est abîmé",
    ),
    **dict.fromkeys(
        (
            "A line of the armor is malformed.",
            "Only the last line of the armor may be shorter.",
            "Something follows the armor.",
            "The armor does not start with its BEGIN line.",
            "Too much blank space around the armor.",
        ),
        "le texte qui entoure le fichier scellé (BEGIN AGE) est abîmé",
    ),
}
PHRASES = {
    **ARCHIVE,
    **RECEPISSE,
    **PREUVE,
    **REGISTRE,
    **HORODATAGE,
    **CLES_ET_PARTS,
    **CLE_DE_CONSULTATION,
    **FICHIER_SCELLE,
}


def en_francais(dit: object) -> str:
    """Ce qu'une erreur ou un constat de `sceau` dit, sans point final ;
    tel quel s'il n'est pas de lui.
    """
    phrase = getattr(dit, "said", dit)
    francais = PHRASES.get(getattr(phrase, "template", str(phrase)))
    if francais is None:
        return str(phrase).strip().removesuffix(".")
    return francais.format(**getattr(phrase, "values", {}))
