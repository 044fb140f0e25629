"""L'heure limite et les délais : RC-01 à RC-04."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Impossible, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import dit
from beffroi.achat.relectures.rules.reperage import InstantEcrit, Trouvaille
from droit.calendrier import jours
from droit.calendrier.avertissements import avertissements_de_l_heure_limite
from droit.calendrier.echeance import Echeance
from droit.calendrier.heures import PARIS
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Calendrier, Etapes, calendrier
from droit.calendrier.remise import CalendrierSansObjet
from droit.citation import Article, Jurisprudence
from droit.dates import en_toutes_lettres
from droit.decision import Motif

REMISE = Article("CCP", "R. 2151-1")
RATP = Jurisprudence("CE", "23 septembre 2021", "449250")
_SANS_LIMITE = Impossible("L'heure limite n'est pas fixée.")
_JOURS_OUVRES_POUR_REPONDRE = 2
# « Le fuseau horaire de référence est celui de (GMT+01:00) Paris, Bruxelles… »
# vaut pour toutes les heures du texte.
_HEURE_DE_PARIS = re.compile(
    r"\bfuseau\b[^.;]{0,80}\bparis\b|\bheures?\b[^.;]{0,60}\b"
    r"(?:est|sont|s'entend\w*|exprime\w*|indique\w*)\b[^.;]{0,40}\bparis\b"
)


def _limites_des_avis(projet: Projet) -> Reponses:
    limite = projet.limite
    if limite is None:
        yield _SANS_LIMITE
        return
    for support, annoncee in (projet.achat.publicite.limites_annoncees or {}).items():
        if annoncee != limite:
            yield Ecart(
                quoi=f"L'avis ({support}) annonce une autre heure limite que la plateforme.",
                trouve=dire(annoncee),
                attendu=dire(limite),
                champ="publicite.limites_annoncees",
                remede=(
                    "Publiez un avis rectificatif, ou corrigez l'heure limite de la consultation."
                ),
            )


def _limites_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    limite = projet.limite
    if limite is None:
        yield _SANS_LIMITE
        return
    attendue = limite.astimezone(PARIS)
    if not reglement.limites:
        yield Ecart(
            quoi="Le règlement ne donne pas la date limite de remise.",
            attendu=dire(limite),
            remede="Écrivez-la dans le règlement, avec l'heure et « heure de Paris ».",
            doute="Aucune date limite n'y a été reconnue.",
            absence=True,
        )
    dit_l_heure = any(trouvaille.valeur.heure is not None for trouvaille in reglement.limites)
    for trouvaille in reglement.limites:
        ecart = _ecart_de_la_limite(
            trouvaille,
            attendue,
            plusieurs="candidatures" in projet.procedure.phases,
            dit_l_heure=dit_l_heure,
        )
        if ecart:
            yield ecart
        elif not _est_a_paris(trouvaille.valeur, reglement):
            yield _sans_le_fuseau(trouvaille, attendue)
        yield from _jour_de_la_semaine(trouvaille, attendue)


def _ecart_de_la_limite(
    trouvaille: Trouvaille[InstantEcrit], attendue: datetime, *, plusieurs: bool, dit_l_heure: bool
) -> Ecart | None:
    ecrit = trouvaille.valeur
    if ecrit.jour != attendue.date() or (
        ecrit.heure is not None and ecrit.heure != attendue.time()
    ):
        return Ecart(
            quoi=_desaccord(ecrit, attendue),
            ou=trouvaille,
            attendu=dire(attendue),
            remede="Corrigez le règlement, ou la date limite de la consultation.",
            doute="Cette procédure a plusieurs remises : cette date peut être celle d'une autre."
            if plusieurs
            else "",
        )
    if ecrit.heure is None:
        return Ecart(
            quoi="Le règlement donne la date limite sans l'heure.",
            ou=trouvaille,
            attendu=dire(attendue),
            remede="Ajoutez l'heure et « heure de Paris ».",
            gravite=Gravite.AVERTISSEMENT if dit_l_heure else None,
        )
    return None


def _desaccord(ecrit: InstantEcrit, attendue: datetime) -> str:
    """Le même jour, seule l'heure diffère :
    la phrase la dit, pour qu'on ne cherche pas dans la date.
    """
    if ecrit.jour != attendue.date() or ecrit.heure is None:
        return "Le règlement et la plateforme ne donnent pas la même date limite de remise."
    heures = f"le règlement dit {ecrit.heure:%-H h %M}, la plateforme {attendue:%-H h %M}"
    return f"L'heure limite de remise n'est pas la même partout : {heures}."


def _est_a_paris(ecrit: InstantEcrit, reglement: Reglement) -> bool:
    """Dit à côté de l'heure, ou une fois pour tout le texte ;
    une date sans heure n'a pas de fuseau.
    """
    if ecrit.heure is None or ecrit.fuseau == "Paris":
        return True
    return ecrit.fuseau != "autre" and dit(reglement, _HEURE_DE_PARIS)


def _sans_le_fuseau(trouvaille: Trouvaille[InstantEcrit], attendue: datetime) -> Ecart:
    """Une autre heure que celle de Paris bloque ;
    une heure « locale », ou sans lieu, laisse deviner.
    """
    return Ecart(
        quoi="Le règlement ne dit pas que l'heure limite est celle de Paris.",
        ou=trouvaille,
        attendu=dire(attendue),
        remede="Écrivez « heure de Paris ».",
        gravite=Gravite.BLOQUANT if trouvaille.valeur.fuseau == "autre" else Gravite.AVERTISSEMENT,
    )


def _jour_de_la_semaine(trouvaille: Trouvaille[InstantEcrit], attendue: datetime) -> Reponses:
    if not trouvaille.valeur.a_le_bon_jour_de_la_semaine:
        yield Ecart(
            quoi="Le jour de la semaine écrit ne va pas avec la date.",
            ou=trouvaille,
            attendu=dire(attendue),
            remede="Corrigez le jour de la semaine.",
            gravite=Gravite.AVERTISSEMENT,
        )


def _moment_de_la_limite(projet: Projet) -> Reponses:
    if projet.limite is None:
        yield _SANS_LIMITE
        return
    local = projet.limite.astimezone(PARIS)
    mal_placee = avertissements_de_l_heure_limite(local)
    for motif in mal_placee:
        yield Ecart(
            quoi=motif.texte,
            trouve=dire(local),
            attendu="un mardi, mercredi ou jeudi, à 11 h, 14 h ou 16 h",
            remede=(
                "Choisissez un mardi, un mercredi ou un jeudi, à 11 h, 14 h ou 16 h, "
                "hors fêtes et mois d'août."
            ),
        )
    if local.time() == time(0):
        yield Ecart(
            quoi="L'heure limite est minuit : les entreprises peuvent se tromper de jour.",
            trouve=dire(local),
            attendu="une heure de bureau",
            remede="Choisissez une heure de la journée, 14 h par exemple.",
        )
    elif not mal_placee and not projet.achat.plateforme.horaires_d_aide.contiennent(local.time()):
        yield Ecart(
            quoi="L'heure limite tombe quand l'assistance est fermée.",
            trouve=dire(local),
            attendu=str(projet.achat.plateforme.horaires_d_aide),
            remede="Choisissez une heure de bureau.",
        )


def _delai_minimal(projet: Projet) -> Reponses:
    if projet.limite is None:
        yield _SANS_LIMITE
        return
    calcule = _calendrier(projet)
    if isinstance(calcule, Impossible):
        yield calcule
        return
    minimum = next((e for e in calcule.echeances if e.cle.endswith(".minimum") and e.jour), None)
    for motif in calcule.limite.motifs[: 1 if not calcule.limite.favorable else None]:
        yield Ecart(
            quoi=motif.texte,
            pourquoi=motif,
            trouve=dire(projet.limite),
            attendu=f"le {en_toutes_lettres(minimum.jour)} ou après"
            if minimum and minimum.jour
            else "",
            remede="Choisissez une date plus tardive, ou dites l'urgence si elle est réelle.",
            gravite=Gravite.AVERTISSEMENT if calcule.limite.favorable else None,
        )
    if calcule.limite.favorable:
        yield from _envoi_manque(projet)


def _envoi_manque(projet: Projet) -> Reponses:
    """L'avis devait partir un jour d'avant :
    s'il n'est pas parti, le délai se compte d'aujourd'hui.
    """
    aujourdhui = projet.maintenant.astimezone(PARIS).date()
    if projet.envoi >= aujourdhui:
        return
    calcule = _calendrier(projet, envoi=aujourdhui)
    if not isinstance(calcule, Impossible) and not calcule.limite.favorable:
        yield Ecart(
            quoi="Compté d'aujourd'hui, le délai est trop court.",
            champ="dates.envoi_de_l_avis",
            trouve=f"un avis envoyé le {en_toutes_lettres(projet.envoi)}",
            attendu=calcule.limite.motifs[0].texte,
            remede="Si l'avis n'est pas encore parti, reculez l'heure limite.",
            doute="L'avis est peut-être parti ce jour-là.",
        )


def _derniere_question(projet: Projet) -> Reponses:
    if projet.limite is None:
        yield _SANS_LIMITE
        return
    question = projet.achat.dates.derniere_question
    if question is None:
        yield Impossible("La date des dernières questions n'est pas fixée.")
        return
    yield from _juger_la_question(projet, question.astimezone(PARIS).date(), ou=None)


def _questions_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    if projet.limite is None:
        yield _SANS_LIMITE
        return
    question = projet.achat.dates.derniere_question
    for trouvaille in reglement.limites_des_questions:
        if question and trouvaille.valeur.jour != question.astimezone(PARIS).date():
            yield Ecart(
                quoi=(
                    "Le règlement et la plateforme ne donnent pas la même date pour les "
                    "dernières questions."
                ),
                ou=trouvaille,
                attendu=dire(question),
                remede="Corrigez le règlement, ou la date des dernières questions.",
                gravite=Gravite.AVERTISSEMENT,
            )
        yield from _juger_la_question(projet, trouvaille.valeur.jour, ou=trouvaille)


def _juger_la_question(
    projet: Projet, jour: date, *, ou: Trouvaille[InstantEcrit] | None
) -> Iterator[Ecart]:
    """Répondre suppose du temps entre la dernière question et la dernière réponse (CCP,
    art. R. 2132-6 et R. 3122-12).
    """
    assert projet.limite is not None
    calcule = _calendrier(projet, invitation=projet.envoi if _en_une_fois(projet) else None)
    reponses = None if isinstance(calcule, Impossible) else _echeance(calcule, "reponses")
    dernier = (
        reponses.jour if reponses and reponses.jour else projet.limite.astimezone(PARIS).date()
    )
    attendu = f"avant le {en_toutes_lettres(dernier)}"
    pourquoi = (
        reponses.pourquoi[0]
        if reponses
        else Motif("Répondre suppose du temps avant l'heure limite.", REMISE)
    )
    if jour > dernier:
        yield Ecart(
            quoi="Des questions peuvent arriver quand il est trop tard pour répondre à tous.",
            ou=ou,
            trouve=en_toutes_lettres(jour),
            attendu=attendu,
            pourquoi=pourquoi,
            remede="Avancez la date des dernières questions, ou reculez l'heure limite.",
            gravite=Gravite.BLOQUANT if reponses else Gravite.AVERTISSEMENT,
        )
    elif jours.jours_ouvres_entre(jour, dernier) < _JOURS_OUVRES_POUR_REPONDRE:
        yield Ecart(
            quoi=(
                "Il reste moins de deux jours ouvrés pour préparer les réponses aux "
                "dernières questions."
            ),
            ou=ou,
            trouve=en_toutes_lettres(jour),
            attendu=attendu,
            pourquoi=pourquoi,
            remede="Avancez la date des dernières questions de quelques jours.",
            gravite=Gravite.AVERTISSEMENT,
        )


def _en_une_fois(projet: Projet) -> bool:
    """Candidatures et offres ensemble : l'heure limite est aussi celle des offres."""
    return any("candidatures et offres" in phase for phase in projet.procedure.phases)


def _calendrier(
    projet: Projet, *, invitation: date | None = None, envoi: date | None = None
) -> Calendrier | Impossible:
    dates = projet.achat.dates
    try:
        return calendrier(
            projet.droit,
            projet.procedure,
            etapes=Etapes(
                envoi=envoi or projet.envoi,
                invitation=dates.envoi_de_l_invitation or invitation,
                limite=dates.limite,
            ),
            acheteur=projet.cle_de_l_acheteur,
            circonstances=Circonstances(
                electronique=not projet.achat.depot_sur_papier,
                urgence=bool(dates.urgence),
                preinformation=dates.preinformation,
                hors_profil=bool(projet.achat.documents_hors_profil),
            ),
        )
    except CalendrierSansObjet as sans_objet:
        return Impossible(str(sans_objet))


def _echeance(calcule: Calendrier, cle: str) -> Echeance | None:
    return next((echeance for echeance in calcule.echeances if echeance.cle == cle), None)


def dire(instant: datetime) -> str:
    """« 15 décembre 2026 à 12 h 00, heure de Paris »."""
    local = instant.astimezone(PARIS)
    return f"{en_toutes_lettres(local.date())} à {local.hour} h {local.minute:02d}, heure de Paris"


FONCTIONS = {
    "RC-01": Fonctions(projet=_limites_des_avis, comparaison=_limites_du_texte),
    "RC-02": Fonctions(projet=_moment_de_la_limite),
    "RC-03": Fonctions(projet=_delai_minimal),
    "RC-04": Fonctions(projet=_derniere_question, comparaison=_questions_du_texte),
}
