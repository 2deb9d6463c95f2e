"""The labels and their groups, as the list of what residents ask for has them.

A label is the resident's need. A new label gets one row here and one file of examples; `lotsen train` refuses examples of
a label that no group knows.
"""

from nlu.normalise import word_set

TOPICS = word_set(
    "bankid_get bankid_new_phone bankid_locked bankid_error eid_alternatives fk_login fk_sick fk_vab fk_parental fk_housing"
    " pension tax_return population_register health_1177 digital_mail swish online_banking job_seeker study_finance"
    " municipal_service email_account forgotten_password phone_settings app_install internet_connection computer_tablet"
    " video_call print_scan travel_ticket"
)
"""Needs that have, or will have, a step-by-step guide."""

PEOPLE = word_set(
    "find_place course_list course_book course_cancel device_loan human callback case_status relative_help wish"
    " feedback"
)
"""Needs that people and places meet."""

SAFETY = frozenset({"fraud_suspected", "emergency"})
SERVICE = word_set("about_bot privacy change_language menu greet thanks goodbye")
DIALOGUE = word_set("affirm deny next back repeat stuck cancel stop")
OUT_OF_SCOPE = "out_of_scope"

KNOWN = TOPICS | PEOPLE | SAFETY | SERVICE | DIALOGUE | {OUT_OF_SCOPE}
ASKABLE = TOPICS | PEOPLE
"""What a resident can be asked to choose between."""
