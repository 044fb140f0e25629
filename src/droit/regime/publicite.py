"""Où l'avis paraît et sur quel modèle (CCP,
art. R. 2131-12 à R. 2131-17, R. 3122-2, R. 3126-4 et R. 3126-5).
"""

from droit.citation import Article, Source
from droit.en_vigueur import Droit, DroitInconnu
from droit.phrases import en_clair
from droit.regime import seuils
from droit.regime.besoin import Besoin
from droit.regime.proposition import Alternative, Choix, a_verifier
from droit.regime.raison import Raison, selon, selon_le_texte
from droit.regime.valeur_du_besoin import ValeurDuBesoin
from droit.tables import ConfianceDansLaSource

QUESTION = "Où publier l'avis ?"
_QUESTION_DU_MODELE = "Quel modèle d'avis ?"
_LIBRE, _LIBRE_AUTRES = Article("CCP", "R. 2131-12, 1°"), Article("CCP", "R. 2131-13")
_FORMALISEE, _FORMALISEE_AUTRES = Article("CCP", "R. 2131-16, 1°"), Article("CCP", "R. 2131-16, 2°")
_SOCIAUX_LIBRES = Article("CCP", "R. 2131-14")
_SUPPLEMENT = Article("CCP", "R. 2131-18")
_CONCESSION_ALLEGEE, _CONCESSION_SPECIFIQUE = (
    Article("CCP", "R. 3126-4"),
    Article("CCP", "R. 3126-5"),
)
_MODELE_DE_CONCESSION = Article("CCP", "R. 3126-3")
_PROFIL = "profil"
_NOMS = {
    "BOAMP": "au BOAMP",
    "JAL": "dans un journal d'annonces légales",
    "JOUE": "au Journal officiel de l'Union européenne",
    "presse spécialisée": "dans la presse spécialisée",
    _PROFIL: "sur le profil d'acheteur",
}


def publicite_proposee(
    besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin, *, procedure: str
) -> Choix:
    """Les supports que le code exige pour la procédure retenue,
    le profil d'acheteur toujours en plus.
    """
    if besoin.est_une_concession:
        return _de_concession(besoin, droit, valeur)
    if procedure == "sans_publicite":
        raison = selon_le_texte(
            "Sous ce montant, aucun avis n'est exigé.", Article("CCP", "R. 2122-8")
        )
        return _choix(
            (),
            raison,
            libelle="Aucun avis",
            alternatives=(_en_plus((_PROFIL,), "Vous touchez plus d'entreprises."),),
        )
    if besoin.services_sociaux_ou_specifiques:
        return _des_services_sociaux(besoin, droit, valeur)
    if droit.procedure(procedure).formalisee or procedure == "concours":
        return _formalisee(besoin, droit)
    return _adaptee(besoin, droit, valeur)


def _formalisee(besoin: Besoin, droit: Droit) -> Choix:
    if not besoin.collectivite_territoriale and besoin.type_d_acheteur == "entité adjudicatrice":
        return _choix(
            ("JOUE", _PROFIL),
            selon_le_texte("Procédure formalisée : avis européen.", _FORMALISEE_AUTRES),
        )
    supports = droit.valeur("avis.support.procedure_formalisee")
    return _choix(
        ("BOAMP", "JOUE", _PROFIL),
        selon(
            supports, "Procédure formalisée : les deux avis sont exigés, européen puis national."
        ),
    )


def _adaptee(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    libre = _publicite_libre(besoin, droit, valeur)
    if libre:
        return _choix(
            (_PROFIL,),
            libre,
            alternatives=(
                _en_plus(("BOAMP", _PROFIL), "Vous touchez plus d'entreprises."),
                _en_plus(("JAL", _PROFIL), "Vous touchez mieux les entreprises proches."),
            ),
        )
    seuil, supports = (
        droit.valeur("seuil.publicite.avis"),
        droit.valeur("avis.support.procedure_adaptee"),
    )
    return _choix(
        ("BOAMP", _PROFIL),
        selon(
            seuil,
            (
                f"Le besoin atteint {en_clair(seuil.valeur, seuil.unite)} : "
                "un avis officiel est exigé."
            ),
        ),
        selon(supports, "Vous choisissez le BOAMP ou un journal d'annonces légales."),
        alternatives=(
            _autre(("JAL", _PROFIL), "Le journal suffit, à la place du BOAMP.", supports.article),
            _en_plus(
                ("BOAMP", "presse spécialisée", _PROFIL),
                "Utile si les entreprises sont rares ou lointaines.",
            ),
            _en_plus(
                ("BOAMP", "JOUE", _PROFIL),
                "Utile si des entreprises d'autres pays peuvent répondre.",
            ),
        ),
    )


def _publicite_libre(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Raison | None:
    if not besoin.collectivite_territoriale and besoin.type_d_acheteur == "entité adjudicatrice":
        return selon_le_texte(
            "Votre organisme choisit librement sa publicité sous le seuil européen.", _LIBRE_AUTRES
        )
    seuil = droit.valeur("seuil.publicite.avis")
    if valeur.atteint(seuil.entier):
        return None
    texte = (
        f"Sous {en_clair(seuil.valeur, seuil.unite)}, "
        "vous choisissez une publicité adaptée à l'achat."
    )
    return Raison(
        motif=selon_le_texte(texte, _LIBRE).motif, confiance=seuil.confiance, valeur=seuil
    )


def _des_services_sociaux(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    seuil = seuils.seuil_des_services_sociaux(besoin, droit)
    montant = en_clair(seuil.valeur, seuil.unite)
    if valeur.atteint(seuil.entier):
        return _choix(
            ("JOUE", _PROFIL),
            selon(seuil, f"Ces services atteignent {montant} : un avis européen est exigé."),
        )
    raison = Raison(
        motif=selon_le_texte(
            f"Sous {montant}, vous choisissez une publicité adaptée.", _SOCIAUX_LIBRES
        ).motif,
        confiance=seuil.confiance,
        valeur=seuil,
    )
    return _choix(
        (_PROFIL,),
        raison,
        alternatives=(_en_plus(("BOAMP", _PROFIL), "Vous touchez plus d'entreprises."),),
    )


def _de_concession(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    seuil = seuils.seuil_formalise(besoin, droit)
    atteint = valeur.atteint(seuil.entier)
    if besoin.services_sociaux_ou_specifiques and atteint:
        raison = selon_le_texte(
            "Service spécifique au-dessus du seuil : avis européen et avis national.",
            _CONCESSION_SPECIFIQUE,
            confiance=ConfianceDansLaSource.COMMENTAIRE,
        )
        return _choix(
            ("JOUE", "BOAMP", _PROFIL),
            raison,
            alternatives=(_journal(("JOUE",), _CONCESSION_SPECIFIQUE),),
        )
    if atteint:
        supports = droit.valeur("avis.support.concession")
        return _choix(
            ("JOUE", "BOAMP", "presse spécialisée", _PROFIL),
            selon(supports, "Concession au-dessus du seuil : trois avis sont exigés."),
            alternatives=(_journal(("JOUE", "presse spécialisée"), supports.article),),
        )
    raison = selon_le_texte(
        "Concession sous le seuil : un avis national est exigé.",
        _CONCESSION_ALLEGEE,
        confiance=ConfianceDansLaSource.COMMENTAIRE,
    )
    return _choix(("BOAMP", _PROFIL), raison, alternatives=(_journal((), _CONCESSION_ALLEGEE),))


def avis_propose(besoin: Besoin, droit: Droit, *, supports: tuple[str, ...]) -> Choix:
    """Le modèle de l'avis :
    celui de l'Union s'il y va, le modèle national sinon, aucun quand la publicité est libre.
    """
    if "JOUE" in supports:
        numero, nom = _formulaire(besoin)
        return _modele_lu(
            droit,
            "avis.formulaires",
            valeur=f"eforms_{numero}",
            libelle=f"{nom}, formulaire électronique européen n° {numero}",
            texte="L'avis européen suit le modèle de l'Union.",
        )
    if besoin.est_une_concession:
        raison = selon_le_texte(
            "Une concession sous le seuil suit le modèle national.",
            _MODELE_DE_CONCESSION,
            confiance=ConfianceDansLaSource.COMMENTAIRE,
        )
        return _modele("national_concession", "Avis de concession national", raison)
    if "BOAMP" in supports or "JAL" in supports:
        return _modele_lu(
            droit,
            "avis.modele_national",
            valeur="annexe_22",
            libelle="Modèle national (annexe 22 du code)",
            texte="L'avis national suit un modèle fixé par arrêté.",
        )
    raison = selon_le_texte("Quand la publicité est libre, aucun modèle n'est imposé.", _LIBRE)
    return _modele("libre", "Aucun modèle imposé", raison)


def _modele_lu(droit: Droit, cle: str, *, valeur: str, libelle: str, texte: str) -> Choix:
    lu = seuils.lue(droit, cle)
    if isinstance(lu, DroitInconnu):
        return a_verifier("avis", _QUESTION_DU_MODELE, phrase=lu.phrase)
    return _modele(valeur, libelle, selon(lu, texte))


def _formulaire(besoin: Besoin) -> tuple[int, str]:
    """Les sous-types des avis européens (règlement d'exécution (UE) 2019/1780)."""
    secteurs = besoin.type_d_acheteur == "entité adjudicatrice"
    if besoin.est_une_concession:
        return 19, "Avis de concession"
    if besoin.services_sociaux_ou_specifiques:
        return (21 if secteurs else 20), "Avis de marché, services sociaux et spécifiques"
    if besoin.contrat == "défense ou sécurité":
        return 18, "Avis de marché, défense et sécurité"
    return (17 if secteurs else 16), "Avis de marché"


def _choix(
    supports: tuple[str, ...],
    *pourquoi: Raison,
    libelle: str = "",
    alternatives: tuple[Alternative, ...] = (),
) -> Choix:
    return Choix(
        cle="publicite",
        question=QUESTION,
        valeurs=supports,
        libelle=libelle or _phrase(supports),
        pourquoi=pourquoi,
        alternatives=alternatives,
        champ="publicite.supports",
    )


def _modele(valeur: str, libelle: str, raison: Raison) -> Choix:
    return Choix(
        cle="avis",
        question=_QUESTION_DU_MODELE,
        valeurs=(valeur,),
        libelle=libelle,
        pourquoi=(raison,),
    )


def _phrase(supports: tuple[str, ...]) -> str:
    *debut, fin = (_NOMS[support] for support in supports)
    texte = f"{', '.join(debut)} et {fin}" if debut else fin
    return texte[0].upper() + texte[1:]


def _autre(supports: tuple[str, ...], consequence: str, source: Source) -> Alternative:
    return Alternative(
        valeurs=supports, libelle=_phrase(supports), consequence=selon_le_texte(consequence, source)
    )


def _en_plus(supports: tuple[str, ...], consequence: str) -> Alternative:
    return _autre(supports, consequence, _SUPPLEMENT)


def _journal(avec: tuple[str, ...], source: Source) -> Alternative:
    return _autre(
        (*avec, "JAL", _PROFIL), "Le journal d'annonces légales remplace le BOAMP.", source
    )
