"""Ce que le montant entraîne autour de la procédure :
dossier en ligne, attente, données, contrôle, avance, achat durable.
"""

from droit.citation import Article
from droit.en_vigueur import Droit, DroitInconnu, Valeur
from droit.phrases import en_clair
from droit.regime import seuils
from droit.regime.besoin import Besoin
from droit.regime.proposition import Alternative, Choix, a_verifier
from droit.regime.raison import Raison, selon, selon_le_texte
from droit.regime.valeur_du_besoin import ValeurDuBesoin
from droit.tables import ConfianceDansLaSource, Procedure

EXIGE, CONSEILLE, NON_EXIGE = "exige", "conseille", "non_exige"
_CONCESSION_SUR_LE_PROFIL = Article("CCP", "R. 3122-9")
_ATTENTE, _SANS_ATTENTE = Article("CCP", "R. 2182-1"), Article("CCP", "R. 3126-11")
_TRANSMISSION = Article("CGCT", "L. 2131-2")
_QUESTION_DU_DOSSIER = "Où mettre les documents ?"


def dossier_propose(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin, *, avis: bool) -> Choix:
    """Les documents sur le profil d'acheteur :
    exigés avec un avis à partir du seuil, toujours pour une concession.
    """
    if besoin.est_une_concession:
        raison = selon_le_texte(
            "Une concession met toujours ses documents sur le profil.", _CONCESSION_SUR_LE_PROFIL
        )
        return _dossier(EXIGE, "Les documents sont en ligne, gratuits et complets", raison)
    seuil = seuils.lue(droit, "seuil.dce_sur_profil")
    if isinstance(seuil, DroitInconnu):
        return a_verifier("dossier", _QUESTION_DU_DOSSIER, phrase=seuil.phrase)
    montant = en_clair(seuil.valeur, seuil.unite)
    if avis and valeur.atteint(seuil.entier):
        raison = selon(
            seuil, f"Le besoin atteint {montant} et un avis paraît : le profil est exigé."
        )
        return _dossier(EXIGE, "Les documents sont en ligne, gratuits et complets", raison)
    cause = (
        f"Le besoin est inférieur à {montant}"
        if not valeur.atteint(seuil.entier)
        else "Aucun avis ne paraît"
    )
    raison = selon(seuil, f"{cause} : le profil n'est pas exigé, mais tout le monde y gagne.")
    autre = Alternative(
        valeurs=(NON_EXIGE,),
        libelle="Les documents sont envoyés par un autre moyen",
        consequence=selon_le_texte("Ils restent gratuits.", Article("CCP", "R. 2132-2")),
    )
    return _dossier(CONSEILLE, "Les documents sont mis en ligne, par choix", raison, autre)


def _dossier(valeur: str, libelle: str, raison: Raison, *alternatives: Alternative) -> Choix:
    return Choix(
        cle="dossier",
        question=_QUESTION_DU_DOSSIER,
        valeurs=(valeur,),
        libelle=libelle,
        pourquoi=(raison,),
        alternatives=alternatives,
    )


def suspension_proposee(besoin: Besoin, droit: Droit, *, procedure: Procedure) -> Choix:
    """L'attente entre le rejet et la signature :
    procédures formalisées et concessions au-dessus du seuil.
    """
    question = "Combien de jours attendre avant de signer ?"
    if procedure.cle == "concours":
        phrase = "Après un concours, faites vérifier s'il faut attendre : le texte n'a pas été lu."
        return a_verifier("suspension", question, phrase=phrase)
    if not procedure.formalisee:
        return Choix(
            cle="suspension",
            question=question,
            valeurs=("0",),
            libelle="Aucune attente exigée",
            pourquoi=(
                selon_le_texte(
                    "L'attente ne vaut que pour les procédures formalisées.",
                    _SANS_ATTENTE if besoin.est_une_concession else _ATTENTE,
                ),
            ),
        )
    famille = "concession" if besoin.est_une_concession else "marche"
    courte, longue = (
        seuils.lue(droit, f"suspension.{famille}.{voie}") for voie in ("electronique", "autre")
    )
    if isinstance(courte, DroitInconnu) or isinstance(longue, DroitInconnu):
        inconnu = courte if isinstance(courte, DroitInconnu) else longue
        return a_verifier("suspension", question, phrase=str(inconnu))
    return Choix(
        cle="suspension",
        question=question,
        valeurs=(str(courte.entier),),
        libelle=f"{courte.entier} jours après l'envoi du rejet",
        pourquoi=(selon(courte, f"Rejet envoyé par voie électronique : {courte.entier} jours."),),
        alternatives=(
            Alternative(
                valeurs=(str(longue.entier),),
                libelle=f"{longue.entier} jours après l'envoi du rejet",
                consequence=selon(
                    longue, "Quand un rejet part autrement que par voie électronique."
                ),
            ),
        ),
    )


def donnees_essentielles_proposees(
    besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin, *, dispense: bool
) -> Choix:
    """Publier les données essentielles :
    en entier, en liste annuelle, ou pas (CCP, art. R. 2196-1 et R. 3131-1).
    """
    question = "Quelles données essentielles publier ?"
    cles = (
        ("donnees_essentielles.concession",)
        if besoin.est_une_concession
        else (
            "seuil.donnees_essentielles",
            "seuil.donnees_essentielles.liste_annuelle",
        )
    )
    lues = [seuils.lue(droit, cle) for cle in cles]
    for lue in lues:
        if isinstance(lue, DroitInconnu):
            return a_verifier("donnees_essentielles", question, phrase=lue.phrase)
    connues = [lue for lue in lues if isinstance(lue, Valeur)]
    reponse, libelle, raison = (
        (
            "completes",
            "Avant le début de l'exécution",
            selon(connues[0], "Une concession publie avant de s'exécuter."),
        )
        if besoin.est_une_concession
        else _selon_le_montant(*connues, valeur=valeur, dispense=dispense)
    )
    return Choix(
        cle="donnees_essentielles",
        question=question,
        valeurs=(reponse,),
        libelle=libelle,
        pourquoi=(raison,),
    )


def _selon_le_montant(
    complet: Valeur, liste: Valeur, *, valeur: ValeurDuBesoin, dispense: bool
) -> tuple[str, str, Raison]:
    montant = en_clair(complet.valeur, complet.unite)
    if valeur.atteint(complet.entier):
        texte = f"Le besoin atteint {montant} : publication dans les deux mois."
        return "completes", "Données complètes, dans les deux mois", selon(complet, texte)
    if dispense and valeur.atteint(liste.entier):
        texte = (
            f"Entre {en_clair(liste.valeur, liste.unite)} et {montant}, une liste annuelle suffit."
        )
        return "liste_annuelle", "Une ligne dans la liste annuelle", selon(liste, texte)
    return NON_EXIGE, "Rien à publier", selon(complet, f"Le besoin est inférieur à {montant}.")


def controle_de_legalite_propose(besoin: Besoin, droit: Droit, valeur: ValeurDuBesoin) -> Choix:
    """La transmission au préfet avant la notification ;
    le seuil de l'année n'est pas toujours lu (CGCT, D. 2131-5-1).
    """
    question = "Faut-il transmettre le contrat au préfet ?"
    if not besoin.collectivite_territoriale:
        raison = selon_le_texte(
            "Votre organisme n'est pas une collectivité.",
            _TRANSMISSION,
            confiance=ConfianceDansLaSource.SAVOIR,
        )
        return _controle(question, NON_EXIGE, "Non", raison)
    if besoin.est_une_concession:
        raison = selon_le_texte(
            "Une concession se transmet.", _TRANSMISSION, confiance=ConfianceDansLaSource.SAVOIR
        )
        return _controle(question, EXIGE, "Oui, avant de notifier", raison)
    seuil = seuils.lue(droit, "seuil.controle_de_legalite")
    if isinstance(seuil, DroitInconnu):
        return a_verifier("controle_de_legalite", question, phrase=seuil.phrase)
    montant = en_clair(seuil.valeur, seuil.unite)
    if valeur.atteint(seuil.entier):
        return _controle(
            question, EXIGE, "Oui, avant de notifier", selon(seuil, f"Le besoin atteint {montant}.")
        )
    return _controle(
        question, NON_EXIGE, "Non", selon(seuil, f"Le besoin est inférieur à {montant}.")
    )


def _controle(question: str, valeur: str, libelle: str, raison: Raison) -> Choix:
    return Choix(
        cle="controle_de_legalite",
        question=question,
        valeurs=(valeur,),
        libelle=libelle,
        pourquoi=(raison,),
    )
