"""The demo's scenes as people see them: the bot in between, the channel in the end."""

from tests.embedded.demo_world import bot_of, demo_world, words
from tests.journeys.steps import MIKA, eventually


async def test_one_problem_is_one_post_whose_thread_grows_until_it_is_over_whatever_slack_does(tmp_path):
    async with demo_world() as demo, bot_of(demo.world, tmp_path):
        await demo.press("next")
        post = await eventually(lambda: next(iter(demo.messages()), None))
        assert post.blocks[0]["text"]["text"].startswith(
            "🟠 HIGH · User backup reads the bucket acme-payroll"
        )
        assert "prod (111122223333)" in words(post)

        await demo.press("outage", "again")
        said = await demo.world.slack.visitor.say(MIKA, "security", "Is anybody there?")
        assert said in demo.messages()
        await demo.press("outage")
        again = await eventually(lambda: next(iter(demo.messages()[2:]), None))
        assert again.body["thread_ts"] == post.ts
        assert again.blocks[0]["text"]["text"].startswith("Again: ")

        await demo.press("over")
        await eventually(lambda: demo.posts()[0].startswith("✅ OVER · "))
        assert "archived in GuardDuty" in words(post)
        assert len(demo.posts()) == 2
        folder = demo.world.folder
        assert any(folder.iterdir())
    assert not folder.exists()
