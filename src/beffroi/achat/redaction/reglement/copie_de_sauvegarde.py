"""La copie de sauvegarde : où la remettre, quand elle sert (annexe 6 du code)."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import Blocs, annexe, ccp, chapitre, dire, enumerer, recu
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre, Fiche, gras, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "La copie de sauvegarde",
        principe(faits),
        remise(faits),
        electronique(faits),
        ouverture(faits),
    )


def principe(faits: Faits) -> Blocs:
    fondement = faits.selon(marche=(ccp("R. 2132-11"),), concession=(ccp("R. 3122-17"),))
    return (
        dire(
            "Vous pouvez remettre une copie de sauvegarde de votre réponse. "
            "Elle n'est pas obligatoire. "
            "Elle ne compte que si elle arrive avant la date et l'heure limites.",
            selon=(*fondement, annexe(6, "art. 2")),
        ),
    )


def remise(faits: Faits) -> Blocs:
    copie = faits.achat.copie_de_sauvegarde
    return (
        dire(
            (
                "Remettez-la sur papier ou sur un support physique, par exemple une clé USB. "
                "Fermez l'enveloppe. Écrivez dessus « "
            ),
            gras("copie de sauvegarde"),
            " », le nom de votre entreprise et l'objet de la consultation.",
        ),
        Fiche(
            (
                (
                    "Adresse",
                    recu(
                        copie.adresse,
                        "copie_de_sauvegarde.adresse",
                        "l'adresse où remettre la copie de sauvegarde",
                    ),
                ),
                ("Horaires", phrase(copie.horaires.strip() or aux_heures_d_ouverture(faits))),
            )
        ),
    )


def aux_heures_d_ouverture(faits: Faits) -> str:
    """Sans horaires dits, ceux de l'accueil valent : ils se vérifient d'un appel."""
    telephone = faits.achat.acheteur.telephone
    return (
        f"aux heures d'ouverture de l'accueil{f', à vérifier au {telephone}' if telephone else ''}"
    )


def electronique(faits: Faits) -> Blocs:
    """Une copie électronique n'est possible que si le règlement le dit,
    avec un outil conforme à l'annexe 8.
    """
    outil = faits.achat.copie_de_sauvegarde.electronique
    if not outil:
        return (
            dire(
                "La copie de sauvegarde électronique n'est pas permise.",
                selon=(annexe(6, "art. 2, I"),),
            ),
        )
    return (
        dire(
            (
                "La copie de sauvegarde électronique est permise, avec cet outil, "
                "conforme à l'annexe 8 du code : "
            ),
            mots.phrase_finie(outil),
            selon=(annexe(6, "art. 2, I"), annexe(8)),
        ),
    )


def ouverture(faits: Faits) -> Blocs:
    """Deux cas d'ouverture, ni plus ni moins."""
    return (
        dire(
            "La copie de sauvegarde n'est ouverte que dans ces cas :",
            selon=(annexe(6, "art. 2, II"),),
        ),
        enumerer(
            (
                "un programme malveillant est trouvé dans la réponse électronique ;",
                "la réponse électronique est incomplète, arrivée hors délai, "
                "ou n'a pas pu être ouverte. "
                "Dans ce cas, son envoi doit avoir commencé avant l'heure limite.",
            )
        ),
    )
