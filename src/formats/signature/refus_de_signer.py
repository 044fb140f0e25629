"""Pourquoi une signature ne se fait pas ici : ce qui s'est passé, pourquoi, quoi faire."""


class RefusDeSigner(Exception):
    """Rien n'a été signé. La phrase ne contient jamais le mot de passe, ni rien de la clé."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        super().__init__(phrase)


ARRETEE = (
    "La signature s'est arrêtée, par sécurité : "
    "le document ou le certificat demande trop de mémoire, ou il est abîmé. "
    "Vérifiez les deux fichiers, ou signez avec votre outil habituel."
)
TROP_LONGUE = "La signature n'en finissait pas : elle a été arrêtée, rien n'est signé. Recommencez."
PAS_UN_PDF = (
    "Ce document n'est pas un PDF : seul un PDF se signe ici. Signez-le avec un autre outil, "
    "puis déposez-le."
)
DOCUMENT_TROP_GROS = (
    "Ce document dépasse 100 Mo : il ne se signe pas ici. Signez-le avec un autre outil, "
    "puis déposez-le."
)
PROTEGE = (
    "Ce PDF est protégé par un mot de passe : le signer l'abîmerait. "
    "Retirez la protection dans le logiciel qui l'a "
    "produit, ou signez-le avec un autre outil."
)
ILLISIBLE = (
    "Ce PDF est abîmé, ou d'une forme qui ne se signe pas ici. "
    "Enregistrez-le de nouveau dans le logiciel qui l'a "
    "produit, ou signez-le avec un autre outil."
)
VERROUILLE = (
    "Une signature déjà présente interdit d'en ajouter une autre : signer l'invaliderait. "
    "Demandez au premier "
    "signataire une signature simple, qui ne ferme pas le document."
)
CERTIFICAT_TROP_GROS = (
    "Ce fichier dépasse 200 Ko : ce n'est pas un certificat. "
    "Choisissez le fichier .p12 ou .pfx que votre autorité a "
    "remis."
)
PAS_UN_P12 = (
    "Ce fichier n'est pas un certificat avec sa clé (PKCS#12). "
    "Choisissez le fichier .p12 ou .pfx que votre autorité a "
    "remis ; un fichier .cer ou .pem n'a pas la clé."
)
MOT_DE_PASSE = (
    "Le certificat ne s'ouvre pas : le mot de passe n'est pas le bon, ou le fichier est abîmé. "
    "Vérifiez les majuscules, "
    "puis recommencez ; rien n'est compté ni gardé ici."
)
ANCIEN = (
    "Ce certificat est enregistré sous un chiffrement qui ne se lit pas ici, "
    "sans doute trop ancien. "
    "Exportez-le de nouveau en AES depuis votre magasin de certificats, puis recommencez."
)
SANS_CLE = (
    "Ce fichier porte un certificat, mais pas sa clé : il ne peut pas signer. "
    "Exportez-le de nouveau avec la clé privée."
)
SANS_CERTIFICAT = (
    "Ce fichier porte une clé, mais pas de certificat qui y réponde : nul ne saurait qui signe. "
    "Exportez-le de nouveau avec son certificat."
)


def plusieurs_cles(nombre: int) -> str:
    return (
        f"Ce fichier porte {nombre} clés : rien ne dit laquelle signe. "
        "Exportez seule celle de votre certificat de "
        "signature, puis recommencez."
    )
